/** Seconds of the simulated day. */
export const DAY = 24 * 60 * 60;

/**
 * Five countries that nobody but the attacker and a few people write from, four blocks of 10,000
 * numbers in each.
 */
const ATTACKED = {
  ID: ['+62812100', '+62813550', '+62856400', '+62877880'],
  LK: ['+9477121', '+9471332', '+9476543', '+9478754'],
  NG: ['+234803111', '+234806222', '+234813333', '+234703444'],
  PK: ['+92300111', '+92301222', '+92321333', '+92345444'],
  UZ: ['+99890111', '+99891222', '+99893333', '+99894444'],
};
/** In place of Uzbekistan, where the attack is at home as well. */
const ATTACKED_AT_HOME = ['+1212555', '+1312222', '+1415333', '+1646444'];
const ADDRESSES = 1000;
const PEOPLE = 500;
/**
 * One honest person in 20 lives in an attacked country, in a block that the attacker does not hold;
 * the others at home (US).
 */
const ABROAD_EVERY = 20;
const AT_HOME = ['+1212', '+1312', '+1415', '+1646', '+1713'];
const ABROAD = ['+62813777', '+9477555', '+234802555', '+92333555', '+99897555'];

/**
 * Of those who come at any time one in so many mistypes the last digit, sees it in 20 seconds, and
 * corrects it.
 */
const TYPO_EVERY = 20;
const TYPO_SEEN = 20;
/** Behind one address, within an hour of the morning. */
const OFFICE = { people: 300, address: '198.51.100.7', from: 9 * 3600, within: 3600 };
/** Two of a block of numbers within ten seconds. */
const NEIGHBOURS = 20;
/**
 * Log in with their second factor forty times: ten times in the first ten minutes, then every half
 * hour.
 */
const TWO_FACTOR = 10;
const LOG_INS = Array.from({ length: 40 }, (_, index) =>
  index < 10 ? 300 + 60 * index : 1800 * (index - 8),
);

/**
 * One fixed day: `attempts` registrations without a code typed in, evenly over the day, and honest
 * people: 500 who come at any time, an office, neighbours, and people with a second factor. Each
 * has a `group`.
 */
export function trace(attempts, isHomeAttacked = false) {
  const { UZ: last, ...others } = ATTACKED;
  const blocks = [...Object.values(others), isHomeAttacked ? ATTACKED_AT_HOME : last].flat();
  const random = seeded(20_261_125);
  const below = (count) => Math.floor(random() * count);
  const digits = (count) => String(below(10 ** count)).padStart(count, '0');
  const attack = Array.from({ length: attempts }, (_, index) => ({
    at: ((index + random()) / attempts) * DAY,
    username: `bot${index}`,
    number: `${blocks[below(blocks.length)]}${digits(4)}`,
    address: `198.18.${below(ADDRESSES) >> 2}.${1 + below(4)}`,
  }));
  const fromHome = () => `${AT_HOME[below(AT_HOME.length)]}${2 + below(3)}${digits(6)}`;
  const fromAbroad = (index) => `${ABROAD[(index / ABROAD_EVERY) % ABROAD.length]}${digits(4)}`;
  const people = Array.from({ length: PEOPLE }, (_, index) => {
    const isAbroad = index % ABROAD_EVERY === 0;
    const number = isAbroad ? fromAbroad(index) : fromHome();
    const at = random() * DAY;
    const address = `203.${below(100)}.${below(250)}.${1 + below(250)}`;
    return {
      at,
      username: `person${index}`,
      number,
      address,
      group: isAbroad ? 'abroad' : 'at home',
    };
  });
  for (const [index, person] of people.entries()) if (index % TYPO_EVERY === 7) mistype(person);
  const more = [
    ...office(random, fromHome),
    ...neighbours(random, fromHome),
    ...twoFactor(random, fromHome),
  ];
  return { attack, people: [...people, ...more] };
}

function mistype(person) {
  const last = (Number(person.number.at(-1)) + 1) % 10;
  Object.assign(person, { mistyped: `${person.number.slice(0, -1)}${last}`, seenAfter: TYPO_SEEN });
}

function office(random, newNumber) {
  const { people, address, from, within } = OFFICE;
  return Array.from({ length: people }, (_, index) => {
    const person = {
      at: from + random() * within,
      username: `office${index}`,
      number: newNumber(),
      address,
      group: 'office',
    };
    if (index % TYPO_EVERY === 7) mistype(person);
    return person;
  });
}

function neighbours(random, newNumber) {
  return Array.from({ length: NEIGHBOURS }, (_, pair) => {
    const [at, number] = [random() * DAY, newNumber()];
    const other = `${number.slice(0, -2)}${number.endsWith('00') ? '01' : '00'}`;
    return [number, other].map((own, index) => ({
      at: at + 5 * index,
      username: `neighbour${pair}x${index}`,
      number: own,
      address: `203.0.${pair}.${1 + index}`,
      group: 'neighbours',
    }));
  }).flat();
}

function twoFactor(random, newNumber) {
  return Array.from({ length: TWO_FACTOR }, (_, index) => ({
    at: random() * 3600,
    username: `careful${index}`,
    number: newNumber(),
    address: `203.0.113.${1 + index}`,
    group: 'two-factor',
    logIns: LOG_INS,
  }));
}

/** The same numbers every time (mulberry32), so that limits on and off meet the same day. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

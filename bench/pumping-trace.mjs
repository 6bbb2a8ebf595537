/** Seconds of the simulated day. */
export const DAY = 24 * 60 * 60;

/** Five countries that nobody but the attacker and a few people write from, four blocks of 10,000 numbers in each. */
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
/** One honest person in 20 lives in an attacked country, in a block that the attacker does not hold; the others at home (US). */
const ABROAD_EVERY = 20;
const AT_HOME = ['+1212', '+1312', '+1415', '+1646', '+1713'];
const ABROAD = ['+62813777', '+9477555', '+234802555', '+92333555', '+99897555'];

/** One fixed day: `attempts` registrations without a code typed in, evenly over the day, and 500 people who come at any time. */
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
    return { at, username: `person${index}`, number, isAbroad, address };
  });
  return { attack, people };
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

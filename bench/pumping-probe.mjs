// Plays one day of pumping against the product's services; prints what went out and who got in.
import { ConfirmationService } from '../dist/src/auth/confirmation.service.js';
import { CredentialsService } from '../dist/src/auth/credentials.service.js';
import { LoginService } from '../dist/src/auth/login.service.js';
import { RegistrationService } from '../dist/src/auth/registration.service.js';
import { SessionsService } from '../dist/src/auth/sessions/sessions.service.js';
import { UnitOfWork } from '../dist/src/database/unit-of-work.js';
import { User } from '../dist/src/users/user.entity.js';
import { AppError } from '../dist/src/common/errors/app-error.js';
import { trace } from './pumping-trace.mjs';
import { Simulation } from './simulation.mjs';

const PASSWORD = 'measure twice, cut once';
/** A person goes on trying for that long, and takes that long to type in a code (seconds). */
const PATIENCE = 3600;
const TYPING = 30;

const { ATTEMPTS, HOME_ATTACKED } = process.env;
const day = trace(Number(ATTEMPTS), HOME_ATTACKED === 'yes');
const simulation = await Simulation.start();
const registrations = simulation.get(RegistrationService);
const clientOf = ({ address }) => ({ address, agent: 'bench', locale: 'en' });
const register = (who, previous = null) =>
  registrations.register(
    { username: who.username, password: PASSWORD, phoneNumber: who.number },
    clientOf(who),
    previous,
  );

async function attempt(bot) {
  await register(bot).catch((error) => {
    if (!(error instanceof AppError)) throw error;
  });
}

/** Comes with a mistyped number first, and corrects it in the same session. */
async function begin(person) {
  if (person.mistyped === undefined) return tryToGetIn(person);
  const { opened } = await register({ ...person, number: person.mistyped });
  const typo = await simulation.get(SessionsService).find(opened.token);
  simulation.at(simulation.seconds + person.seenAfter, () => tryToGetIn(person, typo));
}

/** Asks for a code, types it in when it comes, and asks again when the page says so. */
async function tryToGetIn(person, previous = null) {
  person.asked = (person.asked ?? 0) + 1;
  const before = simulation.sent;
  const { token, retryAt } = await askForCode(person, previous).catch(refusal);
  person.token = token ?? person.token;
  if (simulation.sent > before) {
    const { code } = simulation.inbox.messages(person.number)[0];
    return simulation.at(simulation.seconds + TYPING, () => confirm(person, code));
  }
  if (retryAt === undefined || retryAt > person.at + PATIENCE) return;
  simulation.at(retryAt, () => tryToGetIn(person));
}

async function askForCode(person, previous) {
  const current = person.token && (await simulation.get(SessionsService).find(person.token));
  if (current) {
    await simulation.get(ConfirmationService).resend(current, 'sms', clientOf(person));
    return {};
  }
  const { opened, challenge } = await register(person, previous).catch((error) =>
    logInInstead(error, person),
  );
  return {
    token: opened.token,
    retryAt: simulation.seconds + simulation.until(challenge.resendAt),
  };
}

/** The username is still held by the person's own try. */
async function logInInstead(error, person) {
  if (!AppError.is(error, 'username_taken')) throw error;
  const user = await simulation
    .get(CredentialsService)
    .verify(person.username, PASSWORD, clientOf(person), '');
  return simulation.get(LoginService).login(user, clientOf(person));
}

function refusal(error) {
  if (!(error instanceof AppError)) throw error;
  const { retryAfter } = error.params;
  return { retryAt: retryAfter === undefined ? undefined : simulation.seconds + retryAfter };
}

async function confirm(person, code) {
  const current = await simulation.get(SessionsService).find(person.token);
  const { opened } = await simulation
    .get(ConfirmationService)
    .confirm(current, code, clientOf(person));
  person.isIn = true;
  if (person.logIns === undefined) return;
  await simulation
    .get(UnitOfWork)
    .write((manager) => manager.update(User, { id: opened.user.id }, { twoFactorAuth: true }));
  for (const later of person.logIns)
    simulation.at(simulation.seconds + later, () => logInAgain(person));
}

/** On a device that nobody knows; the code is typed in at once. */
async function logInAgain(person) {
  const before = simulation.sent;
  const verified = await simulation
    .get(CredentialsService)
    .verify(person.username, PASSWORD, clientOf(person), '');
  const { opened } = await simulation.get(LoginService).login(verified, clientOf(person));
  if (simulation.sent === before) return;
  const { code } = simulation.inbox.messages(person.number)[0];
  const current = await simulation.get(SessionsService).find(opened.token);
  await simulation.get(ConfirmationService).confirm(current, code, clientOf(person));
  person.loggedIn = (person.loggedIn ?? 0) + 1;
}

const isDone = ({ isIn, logIns = [], loggedIn = 0 }) => isIn === true && loggedIn === logIns.length;
const share = (people) => ({
  people: people.length,
  finished: people.filter(isDone).length,
  atOnce: people.filter((person) => isDone(person) && person.asked === 1).length,
});

for (const person of day.people) simulation.at(person.at, () => begin(person));
await simulation.run(day.attack, attempt);
const groups = [...new Set(day.people.map(({ group }) => group))];
const attacked = new Set(day.attack.map(({ number }) => number));
const pumped = [...attacked].reduce((sum, number) => sum + (simulation.sentTo.get(number) ?? 0), 0);
const shares = Object.fromEntries(
  groups.map((name) => [name, share(day.people.filter(({ group }) => group === name))]),
);
process.stdout.write(`${JSON.stringify({ sent: simulation.sent, pumped, shares })}\n`);

/** Full name if there is one, else the username. */
export const displayName = (user: { fullName: string; username: string }): string =>
  user.fullName || user.username;

/** Opens the printed address as a browser does; returns what it would keep and where it is sent. */
export async function signIn(url: string): Promise<{ cookie: string; location: string }> {
  const answer = await fetch(url, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`no cookie: ${answer.status}`);
  return { cookie, location: answer.headers.get('location') ?? '' };
}

/** Tells the server of sessions that ended in this browser while it could not be reached. */
import type { ServerSocket } from '../net/socket';
import { forgetSession, type StoredEnd } from './stored';

/** Resumes each, only to end it; what the server does not know any more is simply forgotten. */
export async function tellLateEnds(socket: ServerSocket, ends: StoredEnd[]): Promise<void> {
  for (const { id, resume, ended } of ends) {
    const resumed = await socket.request('session:resume', { sessionId: id, resume });
    const told = resumed.ok ? await socket.request('session:end', { sessionId: id, ...ended }) : resumed;
    if (told.ok || told.error === 'session_gone') await forgetSession(id);
  }
}

/** Mails of an installation without a mail server: files that anybody with the data folder can read. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { v7 as timedId } from 'uuid';
import { mailOptions, type Mail } from './mail';

/** Older ones are deleted: nobody may be reading them. */
export const OUTBOX_FILES = 200;

const NOBODY = { name: 'Tasuki', address: 'tasuki@localhost' };

/** Writes a mail as `<id>.eml`; the ids rise with time. */
export async function writeToOutbox(folder: string, mail: Mail): Promise<void> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const { message } = await transport.sendMail(mailOptions(mail, NOBODY));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, `${timedId()}.eml`), message, { mode: 0o600 });
  const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  for (const name of files.slice(0, -OUTBOX_FILES)) await rm(join(folder, name), { force: true });
}

/** The administrator's calls about the chat button, and what it may know of the tenant's keys. */
import { z } from '../../shared/protocol/zod';
import {
  type ButtonSet,
  ChatCard,
  ChatSettings,
  ListedButtonSet,
  Pictures,
  UploadedPicture,
  type PictureKind,
} from '../../shared/protocol/embed';
import { call } from './api';
import type { Result } from './http';

const Any = z.unknown();
const setPath = (name: string) => `/admin/buttons/${encodeURIComponent(name)}`;

export const chatButtonApi = {
  settings: () => call(ChatSettings, 'GET', '/admin/chat'),
  saveSettings: (settings: ChatSettings) => call(ChatSettings, 'PUT', '/admin/chat', settings),
  sets: () => call(z.array(ListedButtonSet), 'GET', '/admin/buttons'),
  saveSet: (set: ButtonSet) => call(Any, 'PUT', setPath(set.name), set),
  removeSet: (name: string) => call(Any, 'DELETE', setPath(name)),
  pictures: () => call(Pictures, 'GET', '/admin/pictures'),
  removePicture: (kind: 'banner' | 'logo') => call(Any, 'DELETE', `/admin/pictures/${kind}`),
  card: (owner: string) => call(ChatCard, 'GET', `/chat/card?owner=${owner}`),
};

/** Sends a picture as it is. The server judges it by its content; the type given here only says that it is no JSON. */
export async function uploadPicture(kind: PictureKind, file: File): Promise<Result<UploadedPicture>> {
  try {
    const response = await fetch(`/api/admin/pictures/${kind}?name=${encodeURIComponent(file.name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
      credentials: 'same-origin',
    });
    const value: unknown = await response.json().catch(() => null);
    if (!response.ok) return (value ?? { ok: false, error: 'failed' }) as Result<UploadedPicture>;
    const picture = UploadedPicture.safeParse(value);
    return picture.success ? { ok: true, value: picture.data } : { ok: false, error: 'version' };
  } catch {
    return { ok: false, error: 'offline' };
  }
}

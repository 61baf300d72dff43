/** What the chat window asks before anything is sealed. */
import { z } from 'zod';
import { ButtonSetName, ChatCard } from '../../shared/protocol/embed';
import { SubscriberCode } from '../../shared/protocol/common';
import { ProtocolError } from '../../shared/protocol/errors';
import { buttonState } from '../chat-settings/button-state';
import { nextOpening } from '../chat-settings/hours';
import { currentPicture } from '../chat-settings/pictures';
import type { Core } from '../core';
import { findChatSettings } from '../store/chat-settings';
import { findTenant, findVault } from '../store/tenants';
import type { App } from './app';

const Query = z.object({ owner: SubscriberCode, button: ButtonSetName.optional() });

export function chatPublicRoutes(app: App, core: Core): void {
  const { db, clock } = core;
  app.get(
    '/api/chat/card',
    { schema: { querystring: Query, response: { 200: ChatCard } } },
    async ({ query: { owner, button } }) => {
      const tenant = await findTenant(db);
      if (tenant?.subscriber !== owner) throw new ProtocolError('not_found');
      const vault = await findVault(db, tenant.id);
      // The card is missing only in old installations, until the administrator's device adds it.
      if (!vault?.card) throw new ProtocolError('not_found');
      const { online, offlineMessages } = await buttonState(core, tenant, button);
      const { hours } = await findChatSettings(db, tenant.id);
      return {
        company: tenant.company,
        language: tenant.language,
        online,
        offlineMessages,
        opensAt: nextOpening(hours, clock.now()),
        banner: await currentPicture(db, tenant.id, 'banner'),
        logo: await currentPicture(db, tenant.id, 'logo'),
        identityKey: vault.identity_key,
        vaultKey: vault.public_key,
        vaultCard: vault.card,
      };
    },
  );
}

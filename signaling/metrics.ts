/** Prometheus metrics; one registry a server, so that tests may run several. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { countChatStates } from './store/chat-queries';
import { countStates } from './store/session-queries';
import type { Db } from './store/schema';

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(db: Db, options: { processMetrics: boolean }) {
  const registry = new Registry();
  const registers = [registry];
  if (options.processMetrics) collectDefaultMetrics({ register: registry });

  new Gauge({
    name: 'tasuki_sessions_live',
    help: 'Sessions by state, short of the end',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await countStates(db);
      for (const state of ['waiting', 'joined', 'active'] as const)
        this.set({ state }, counts.get(state) ?? 0);
    },
  });
  new Gauge({
    name: 'tasuki_chats_live',
    help: 'Conversations by state, short of the end',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await countChatStates(db);
      for (const state of ['waiting', 'open'] as const) this.set({ state }, counts.get(state) ?? 0);
    },
  });
  const limits = new Counter({
    name: 'tasuki_limits_hit_total',
    help: 'Refusals by a limit',
    labelNames: ['limit'],
    registers,
  });

  return {
    registry,
    limited: (limit: string) => limits.inc({ limit }),
    sessionsOpened: new Counter({
      name: 'tasuki_sessions_opened_total',
      help: 'Session numbers issued',
      labelNames: ['mode'],
      registers,
    }),
    joins: new Counter({
      name: 'tasuki_joins_total',
      help: 'Session numbers entered, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    helpers: new Counter({
      name: 'tasuki_helper_attaches_total',
      help: 'Helpers that asked to be attached, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    sessionsEnded: new Counter({
      name: 'tasuki_sessions_ended_total',
      help: 'Sessions ended, by whom and why',
      labelNames: ['by', 'reason'],
      registers,
    }),
    logins: new Counter({
      name: 'tasuki_logins_total',
      help: 'Sign-ins, by outcome',
      labelNames: ['role', 'outcome'],
      registers,
    }),
    chatsStarted: new Counter({
      name: 'tasuki_chats_started_total',
      help: 'Conversations that customers began',
      registers,
    }),
    chatsEnded: new Counter({
      name: 'tasuki_chats_ended_total',
      help: 'Conversations ended, by whom',
      labelNames: ['by'],
      registers,
    }),
    chatMessages: new Counter({
      name: 'tasuki_chat_messages_total',
      help: 'Messages of conversations, by whom',
      labelNames: ['from'],
      registers,
    }),
    chatWait: new Histogram({
      name: 'tasuki_chat_wait_seconds',
      help: 'Time a conversation waited until it was claimed',
      buckets: [1, 5, 15, 30, 60, 120, 300, 900],
      registers,
    }),
    offlineMessages: new Counter({
      name: 'tasuki_offline_messages_total',
      help: 'Offline messages that visitors sent, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    sockets: new Gauge({
      name: 'tasuki_sockets',
      help: 'Connected sockets',
      labelNames: ['namespace'],
      registers,
    }),
    events: new Histogram({
      name: 'tasuki_socket_event_seconds',
      help: 'Time from a socket message to its acknowledgement',
      labelNames: ['event', 'outcome'],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
    http: new Histogram({
      name: 'tasuki_http_request_seconds',
      help: 'Time from a request to its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
  };
}

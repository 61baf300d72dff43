/** How often somebody may try. Kept in memory: a restart forgives, an attacker cannot cause one. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Limits } from '../config';

export interface Limiter {
  /**
   * Takes one try before the outcome is known, so that a hundred at once are counted.
   * @param points what it costs, where tries are not alike; one that costs more than there is uses the limit up
   * @returns a function that gives the try back, for those who were right.
   * @throws ProtocolError `limited` with the time to come back
   */
  take(key: string, points?: number): Promise<() => Promise<void>>;
}

export interface LimiterRule {
  name: string;
  points: number;
  seconds: number;
}

export type OnLimited = (name: string) => void;

/** One limit; `onLimited` hears of every refusal. */
export function createLimiter(rule: LimiterRule, now: () => number, onLimited: OnLimited): Limiter {
  const limiter = new RateLimiterMemory({ points: rule.points, duration: rule.seconds });
  return {
    async take(key, wanted = 1) {
      const points = Math.min(wanted, rule.points);
      try {
        await limiter.consume(key, points);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        onLimited(rule.name);
        throw new ProtocolError('limited', { retryAt: now() + Math.max(1, refusal.msBeforeNext) });
      }
      return async () => {
        await limiter.reward(key, points);
      };
    },
  };
}

/** Every limit of the server. */
export interface Limiters {
  joinsPerAddress: Limiter;
  joinsOverall: Limiter;
  loginsPerAddress: Limiter;
  opensPerOperator: Limiter;
  requestsPerAddress: Limiter;
  chatsPerAddress: Limiter;
  chatMessages: Limiter;
  chatResumes: Limiter;
  /** In kilobytes. */
  chatHistoryPerAddress: Limiter;
  offlinePerAddress: Limiter;
  mailsPerAccount: Limiter;
  helpersPerAddress: Limiter;
  helpersOverall: Limiter;
}

const KB_OF_MB = 1024;

export function createLimiters(limits: Limits, now: () => number, onLimited: OnLimited): Limiters {
  const rule = (name: string, points: number, seconds: number) =>
    createLimiter({ name, points, seconds }, now, onLimited);
  return {
    joinsPerAddress: rule('joins_per_address', limits.joinsPerAddress, 600),
    joinsOverall: rule('joins_overall', limits.joinsOverall, 60),
    loginsPerAddress: rule('logins_per_address', limits.loginsPerAddress, 600),
    opensPerOperator: rule('opens_per_operator', limits.opensPerOperator, 600),
    helpersPerAddress: rule('helpers_per_address', limits.helpersPerAddress, 600),
    helpersOverall: rule('helpers_overall', limits.helpersOverall, 60),
    chatsPerAddress: rule('chats_per_address', limits.chatsPerAddress, 600),
    chatMessages: rule('chat_messages', limits.chatMessages, 60),
    chatResumes: rule('chat_resumes', limits.chatResumes, 60),
    chatHistoryPerAddress: rule('chat_history_per_address', limits.chatHistoryPerAddress * KB_OF_MB, 60),
    requestsPerAddress: rule('requests_per_address', limits.requestsPerAddress, 60),
    offlinePerAddress: rule('offline_per_address', limits.offlinePerAddress, 600),
    mailsPerAccount: rule('mails_per_account', limits.mailsPerAccount, 600),
  };
}

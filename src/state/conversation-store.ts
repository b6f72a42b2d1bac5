import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import {canonicalJson} from '../core/json.ts';
import type {Conversations, SavedConversation, SavedTurn} from '../core/saved-conversation.ts';
import {jsonColumn} from './journal-row.ts';
import {targetSchema} from './plan-schema.ts';
import {freeId, shortId} from './short-id.ts';
import {isoTime, type Storage} from './storage.ts';

const row = z
	.object({id: z.string(), started_at: z.string(), target: jsonColumn(targetSchema)})
	.transform(({id, started_at, target}) => ({id, startedAt: started_at, target}));

const turnSchema: z.ZodType<SavedTurn> = z.object({
	at: z.string(),
	request: z.string(),
	understood: z.string(),
	answer: z.string(),
	reason: z.enum(['answered', 'asked', 'refused', 'cancelled', 'budget', 'failed']),
});
const turnRow = z.object({turn: jsonColumn(turnSchema)}).transform(({turn}) => turn);

/** A month after its last turn a conversation is nobody's business any more. */
const keepMs = 30 * 24 * 60 * 60 * 1000;

/** Conversations on SQLite. One that nobody has spoken in is not listed. */
export function conversationStore(storage: Storage): Conversations {
	const {database, now, randomBytes} = storage;
	const isKnown = (id: string) => database.has('SELECT 1 FROM conversation WHERE id = ?', id);
	const withTurns = (found: z.output<typeof row>): SavedConversation => ({
		...found,
		turns: database.all(turnRow, 'SELECT turn FROM turn WHERE conversation = ? ORDER BY seq', found.id),
	});
	return {
		begin: async target =>
			database.transaction(() => {
				const id = freeId(() => shortId(now(), randomBytes), isKnown);
				database.run(
					'INSERT INTO conversation (id, started_at, target, expires_at) VALUES (?, ?, ?, ?)',
					id,
					isoTime(storage),
					canonicalJson(target),
					now() + keepMs,
				);
				return id;
			}),
		add: async (id, turn) =>
			database.transaction(() => {
				if (!isKnown(id)) throw noSuchConversation(id);
				database.run('INSERT INTO turn (conversation, turn) VALUES (?, ?)', id, canonicalJson(turn));
				database.run('UPDATE conversation SET expires_at = ? WHERE id = ?', now() + keepMs, id);
			}),
		find: async id => {
			const found = database.get(row, 'SELECT id, started_at, target FROM conversation WHERE id = ?', id);
			return found === undefined ? undefined : withTurns(found);
		},
		list: async limit =>
			database
				.all(
					row,
					`SELECT conversation.id, started_at, target FROM conversation JOIN turn ON turn.conversation = conversation.id
					GROUP BY conversation.id ORDER BY max(turn.seq) DESC LIMIT ?`,
					limit,
				)
				.map(withTurns),
	};
}

const noSuchConversation = (id: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-such-conversation',
		what: `There is no conversation ${id}`,
		why: 'one goes a month after its last turn',
		next: 'See the ones that are kept with: mkcoa chat --sessions',
	});

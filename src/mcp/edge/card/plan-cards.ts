import {createHash, randomUUID} from 'node:crypto';
import {createRequestStateCodec, type ServerContext} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type {JsonObject} from '../../../core/json.ts';
import {nameToType} from '../../../core/name-to-type.ts';
import type {Plan} from '../../../core/plan.ts';
import {mapStrings} from '../../../core/secrets/map-strings.ts';
import {planLines} from '../../../core/text/plan-lines.ts';
import {stripControl} from '../../../core/text/strip-control.ts';

/** Where the card finds its plan in an answer: beside the content, so that no model reads it. */
const cardKey = 'mkcoa/plan';

/** What a card was about, as its answer has to bring it back. */
const ticketSchema = z.object({
	id: z.string(),
	digest: z.string(),
	tool: z.string(),
	/** Context that the call named. */
	place: z.string().optional(),
	name: z.string().optional(),
	/** Policy lets a yes count that is given in the client, and the card shows all of the plan. */
	mayApprove: z.boolean(),
	untilMs: z.number(),
	serial: z.string(),
});
export type Ticket = z.output<typeof ticketSchema>;

type Waiting = {readonly id: string; readonly digest: string; readonly plan: Plan; readonly place?: string | undefined};

/** Cards of plans that wait, and the tickets by which they are answered. */
export type PlanCards = {
	/** What goes with an answer to a client that shows cards. `client`: policy lets a yes count that is given there. */
	readonly metaOf: (waiting: Waiting, client: boolean, context: ServerContext) => Promise<JsonObject>;
	/** The ticket of a card of this principal; undefined for any other text, and where its time is over. */
	readonly ticketOf: (text: string, context: ServerContext) => Promise<Ticket | undefined>;
	/** Uses a ticket up. False where it was used before. */
	readonly use: (ticket: Ticket) => boolean;
};

/** How long a card can be answered. */
const answerMs = 10 * 60_000;
/** Characters of the lines of one card: a plan of which not all is shown is not approved by it. */
const mostCharacters = 200_000;

type Around = {
	/** At least 32 bytes that no client knows, and that sign nothing else. */
	readonly secret: Uint8Array;
	readonly principalOf: (context: ServerContext) => string;
	readonly now: () => number;
};

export function planCards({secret, principalOf, now}: Around): PlanCards {
	const codec = createRequestStateCodec<Ticket>({
		key: secret,
		ttlSeconds: (2 * answerMs) / 1000,
		bind: context => createHash('sha256').update(principalOf(context)).digest('hex'),
	});
	const used = new Map<string, number>();
	return {
		async metaOf({id, digest, plan, place}, client, context) {
			const {lines, isWhole} = linesOf(plan, digest);
			const name = nameToType(plan);
			const untilMs = now() + answerMs;
			const ticket = {
				id,
				digest,
				tool: plan.tool,
				...(place === undefined ? {} : {place}),
				...(name === undefined ? {} : {name}),
				mayApprove: client && isWhole,
				untilMs,
				serial: randomUUID(),
			};
			const {mayApprove} = ticket;
			return {
				[cardKey]: {
					id,
					lines,
					isWhole,
					mayApprove,
					...(name === undefined ? {} : {name}),
					untilMs,
					ticket: await codec.mint(ticket, context),
				},
			};
		},
		async ticketOf(text, context) {
			const brought = await codec.verify(text, context).catch(() => undefined);
			const ticket = ticketSchema.safeParse(brought);
			return ticket.success && ticket.data.untilMs > now() ? ticket.data : undefined;
		},
		use({serial, untilMs}) {
			for (const [each, until] of used) if (until <= now()) used.delete(each);
			if (used.has(serial)) return false;
			used.set(serial, untilMs);
			return true;
		},
	};
}

/** The same lines that the review screen shows, each as its parts with their tones. */
function linesOf(plan: Plan, digest: string) {
	const all = planLines(plan, digest, Number.POSITIVE_INFINITY);
	let left = mostCharacters;
	const shown = all.filter(line => {
		left -= line.reduce((sum, {text}) => sum + text.length, 1);
		return left >= 0;
	});
	return {
		isWhole: shown.length === all.length,
		lines: mapStrings(
			shown.map(line => line.map(({text, tone}) => ({text, tone}))),
			stripControl,
		),
	};
}

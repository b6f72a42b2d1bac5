import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import type {PlanAnswer, PlanMaker, PlanNews, SealedValues, WaitingPlans} from '../core/journal.ts';
import {canonicalJson} from '../core/json.ts';
import {type PlanAbout, planAbout} from '../core/plan-about.ts';
import {checkedPlan} from './checked-plan.ts';
import {jsonColumn, planColumn} from './journal-row.ts';
import {getSealed, putSealed, removeSealed} from './sealed-store.ts';
import {freeId, shortId, timeOfId} from './short-id.ts';
import {isoTime, type Storage} from './storage.ts';

const idRow = z.object({id: z.string()});
const makerSchema: z.ZodType<PlanMaker> = z.object({principal: z.string(), agent: z.string()});
const makerColumn = jsonColumn(makerSchema)
	.nullable()
	.transform(maker => maker ?? undefined);
const aboutSchema: z.ZodType<PlanAbout> = z.object({summary: z.string(), namespaces: z.array(z.string().nullable())});
const aboutColumn = jsonColumn(aboutSchema)
	.nullable()
	.transform(about => about ?? undefined);
const row = z
	.object({id: z.string(), digest: z.string(), plan: planColumn, saved_at: z.string(), maker: makerColumn})
	.transform(({saved_at, ...rest}) => ({...rest, savedAt: saved_at}));
const columns = 'id, digest, plan, saved_at, maker';
const answerSchema: z.ZodType<PlanAnswer> = z.discriminatedUnion('kind', [
	z.object({kind: z.literal('begun'), journal: z.string()}),
	z.object({kind: z.literal('rejected'), feedback: z.string(), takenBack: z.literal(true).optional()}),
	z.object({kind: z.literal('drifted'), moved: z.array(z.string())}),
]);
const answeredRow = z.object({answer: jsonColumn(answerSchema), maker: makerColumn, about: aboutColumn, expires_at: z.number()});
const newsOfWaiting = z
	.object({saved_at: z.string(), maker: makerColumn, about: aboutColumn})
	.transform(({saved_at, ...rest}): PlanNews => ({answer: {kind: 'waiting'}, ...rest, savedAt: saved_at}));
/** From the index alone: a plan may be millions of characters, and who waits for an answer looks again and again. */
const waitingNews = 'SELECT saved_at, maker, about FROM waiting INDEXED BY waiting_news WHERE id = ?';
type Row = z.output<typeof row>;

/** Shorter ones are too easily shared by two plans, or typed by mistake. */
const digestPrefix = /^[0-9a-f]{8,64}$/;

/** Plans of one who asks from outside. More are refused, and none given up for a new one: whoever floods the list must not push others out. */
const mostOfOne = 200;
/** Characters of all of them together. */
const mostCharacters = 20_000_000;

const heldRow = z.object({plans: z.number(), characters: z.number()});

/** Plans that wait for a yes, oldest first. Their secret values expire; then the plan is still listed, and must be made again. */
export function waitingStore(storage: Storage): WaitingPlans {
	const {database, now, randomBytes} = storage;

	/** A digest says nothing of secret values, so a plan with other values is another plan, never an update of this one. */
	function sameAs(digest: string, sealed: SealedValues, maker: string | null): string | undefined {
		const ids = database.all(idRow, 'SELECT id FROM waiting WHERE digest = ? AND maker IS ? ORDER BY seq DESC', digest, maker);
		return ids.find(({id}) => holds(storage, {id, digest}, sealed))?.id;
	}

	function refuseFlood({principal}: PlanMaker, text: string): void {
		const held = database.get(
			heldRow,
			"SELECT count(*) AS plans, coalesce(sum(length(plan)), 0) AS characters FROM waiting WHERE maker ->> '$.principal' = ?",
			principal,
		);
		if (held !== undefined && (held.plans >= mostOfOne || held.characters + text.length > mostCharacters)) throw tooMany(held.plans);
	}

	return {
		save: async (plan, digest, sealed, maker) =>
			database.transaction(() => {
				const madeBy = maker === undefined ? null : canonicalJson(maker);
				const same = sameAs(digest, sealed, madeBy);
				if (same !== undefined) return same;
				const text = canonicalJson(plan);
				if (maker !== undefined) refuseFlood(maker, text);
				const id = freeId(
					() => shortId(now(), randomBytes),
					taken => database.has('SELECT 1 FROM waiting WHERE id = ? UNION ALL SELECT 1 FROM answered WHERE id = ?', taken, taken),
				);
				database.run(
					'INSERT INTO waiting (id, digest, plan, saved_at, maker, about) VALUES (?, ?, ?, ?, ?, ?)',
					id,
					digest,
					text,
					isoTime(storage),
					madeBy,
					canonicalJson(planAbout(plan)),
				);
				putSealed(storage, {kind: 'waiting', id, digest}, sealed);
				return id;
			}),

		find: async idOrDigest => {
			const found = byId(storage, idOrDigest) ?? byDigest(storage, idOrDigest);
			if (found === undefined) return undefined;
			const {id, digest, maker} = found;
			const plan = checkedPlan(found.plan, digest, `the waiting list (${id})`);
			return {id, plan, digest, maker, sealed: getSealed(storage, {kind: 'waiting', id, digest})};
		},

		list: async () => database.all(row, `SELECT ${columns} FROM waiting ORDER BY seq`),

		close: async (id, answer) =>
			database.transaction(() => {
				if (database.has('SELECT 1 FROM waiting WHERE id = ?', id)) moveToAnswered(storage, id, answer);
			}),

		answer: async id => {
			const waiting = database.get(newsOfWaiting, waitingNews, id);
			if (waiting !== undefined) return waiting;
			return database.get(
				newsRow(storage, id),
				'SELECT answer, maker, about, expires_at FROM answered WHERE id = ? AND expires_at > ?',
				id,
				now(),
			);
		},
	};
}

/** The id keeps the time at which the plan was saved. */
const newsRow = ({keepSecretsMs}: Storage, id: string) =>
	answeredRow.transform(
		({answer, maker, about, expires_at}): PlanNews => ({
			answer,
			maker,
			about,
			savedAt: new Date(timeOfId(id)).toISOString(),
			answeredAt: new Date(expires_at - keepSecretsMs).toISOString(),
			keptUntil: new Date(expires_at).toISOString(),
		}),
	);

const tooMany = (plans: number) =>
	new MkcoaError({
		kind: 'environment',
		code: 'too-many-plans',
		what: `${plans} plans of yours wait already, and nothing more is kept`,
		why: 'nobody has answered them',
		next: 'Ask a person to answer them with mkcoa approve, and ask again',
	});

/** Whoever asked for the plan may ask for a while what came of it. */
function moveToAnswered(storage: Storage, id: string, answer: PlanAnswer): void {
	const {database, now, keepSecretsMs} = storage;
	database.run(
		'INSERT INTO answered (id, answer, maker, about, expires_at) SELECT id, ?, maker, about, ? FROM waiting WHERE id = ?',
		canonicalJson(answer),
		now() + keepSecretsMs,
		id,
	);
	database.run('DELETE FROM waiting WHERE id = ?', id);
	removeSealed(storage, {kind: 'waiting', id});
}

/**
 * Takes an answered plan off the list. Call it inside the transaction that begins its run: of two answers, one counts.
 * @throws MkcoaError `already-answered`
 */
export function takeFromWaiting(storage: Storage, id: string, journal: string): void {
	if (!storage.database.has('SELECT 1 FROM waiting WHERE id = ?', id))
		throw new MkcoaError({
			kind: 'usage',
			code: 'already-answered',
			what: `The plan ${id} does not wait any more`,
			why: 'it was answered meanwhile',
			next: 'See what came of it with: mkcoa history',
		});
	moveToAnswered(storage, id, {kind: 'begun', journal});
}

function holds(storage: Storage, {id, digest}: {readonly id: string; readonly digest: string}, sealed: SealedValues): boolean {
	try {
		return canonicalJson(getSealed(storage, {kind: 'waiting', id, digest})) === canonicalJson(sealed);
	} catch (error) {
		if (error instanceof MkcoaError) return false;
		throw error;
	}
}

const byId = ({database}: Storage, id: string): Row | undefined => database.get(row, `SELECT ${columns} FROM waiting WHERE id = ?`, id);

function byDigest({database}: Storage, typed: string): Row | undefined {
	const prefix = typed.toLowerCase().replace(/^sha256:/, '');
	if (!digestPrefix.test(prefix)) return undefined;
	const start = `sha256:${prefix}`;
	const found = database.all(row, `SELECT ${columns} FROM waiting WHERE substr(digest, 1, ?) = ?`, start.length, start);
	if (found.length < 2) return found[0];
	throw new MkcoaError({
		kind: 'usage',
		code: 'ambiguous-digest',
		what: `${found.length} waiting plans have a digest that begins with ${prefix}`,
		next: `Name one by its id: ${found.map(({id}) => id).join(', ')}`,
	});
}

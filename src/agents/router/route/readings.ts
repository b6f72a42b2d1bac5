import type {Clause} from '../clause.ts';
import {gathered} from '../create/gathered.ts';
import {gatheredLimits} from '../create/gathered-limits.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {withFollowUps} from '../read/follow-ups.ts';
import {clauseOf, clausesOf, masked, openCondition, scopeOf} from '../words/clauses-of.ts';
import {givesOrder, ordersOutright} from '../words/mood/mood-of.ts';
import {creating} from '../words/order-verbs.ts';
import {sentencesOf} from '../words/sentences-of.ts';
import type {World} from '../world.ts';
import {isBackground} from './background.ts';
import {completed, cutByNames} from './cut-by-names.ts';
import {inNewNamespace} from './in-new-namespace.ts';
import {namedKinds} from './ordered.ts';
import {pointing, questionAlone} from './question-alone.ts';

/**
 * The ways to cut a request into orders and questions, the likeliest first: where a new order begins; the same without what is only told; a rule together
 * with the order that makes it hold; and at every joint where another object is named.
 */
export async function* readingsOf(request: string, world: World): AsyncGenerator<readonly Clause[]> {
	const inNew = await inNewNamespace(request, world);
	if (inNew !== undefined) yield inNew;
	const seen = new Set<string>();
	const question = await questionAlone(request, world);
	if (question !== undefined) {
		const clauses = await cutClauses(question, world);
		seen.add(keyOf(clauses));
		yield clauses;
	}
	const likely = await cutClauses(request, world);
	if (!seen.has(keyOf(likely))) yield likely;
	seen.add(keyOf(likely));
	const isNew = (clauses: readonly Clause[]) => clauses.length > 0 && !seen.has(keyOf(clauses)) && seen.add(keyOf(clauses));
	const short = withoutBackground(request);
	if (short !== undefined) {
		const clauses = await cutClauses(short, world);
		if (isNew(clauses)) yield clauses;
	}
	const shared = await lastShared(likely, world);
	if (isNew(shared)) yield shared;
	for (const joined of [rulesJoined(likely), detailsJoined(likely)]) if (isNew(joined)) yield joined;
	for (const clauses of [likely, ...(short === undefined ? [] : [await cutClauses(short, world)])]) {
		const fine = (await Promise.all(clauses.map(clause => finelyCut(clause.text, world)))).flat();
		if (isNew(fine)) yield fine;
	}
}

const keyOf = (clauses: readonly Clause[]) => clauses.map(({text}) => text).join('\n');

const cutClauses = async (request: string, world: World) =>
	gatheredLimits(
		await gathered(withFollowUps((await Promise.all(clausesOf(request).map(clause => cutByNames(clause, world)))).flat()), world),
	);

/** A request without the sentences that order nothing; undefined where there is none, or nothing else. */
function withoutBackground(request: string): string | undefined {
	const sentences = sentencesOf(request);
	const orders = sentences.filter(sentence => !isBackground(sentence));
	const rest = orders.join(' ');
	return orders.length === sentences.length || !orders.some(givesOrder) || pointing.test(rest) ? undefined : rest;
}

const place =
	/\s((?:on|for|of|in|from)\s+(?:the\s+)?[a-z][\w-]*(?:\s+(?:deployment|statefulset|daemonset|cron ?job|service|config ?map))?)[.!]*$/i;

/** `set A=1 and drop B on web`: what stands at the end goes for the orders before that name nothing. */
async function lastShared(clauses: readonly Clause[], world: World): Promise<readonly Clause[]> {
	const last = clauses.at(-1);
	const where = last?.language === 'en' && clauses.length > 1 ? place.exec(last.text)?.[1] : undefined;
	if (where === undefined) return [];
	const named = await Promise.all([clauseOf(where), ...clauses.slice(0, -1)].map(clause => mentionsIn(clause, world, namedKinds)));
	const [own, ...before] = named.map(({mentions}) => mentions.length);
	if (own !== 1 || before.some(count => count > 0)) return [];
	return clauses.map(clause => (clause === last ? clause : clauseOf(`${clause.text.replace(/[.!,;]+$/, '')} ${where}`)));
}

/** `At most one pod may go. Make a budget of it`: the first says what the second is about. */
function rulesJoined(clauses: readonly Clause[]): readonly Clause[] {
	const texts: string[] = [];
	let open = false;
	for (const {text} of clauses) {
		const last = texts.at(-1);
		if (open && last !== undefined) texts[texts.length - 1] = `${last.replace(/[.;,\s]*$/, '')}; ${text}`;
		else texts.push(text);
		open = !ordersOutright(text);
	}
	return texts.map(clauseOf);
}

/** `Deploy web in shop. Image nginx:1.29, restart policy Always`: what stands behind is about what is made. */
function detailsJoined(clauses: readonly Clause[]): readonly Clause[] {
	const texts: string[] = [];
	for (const {text} of clauses) {
		const last = texts.at(-1);
		if (last !== undefined && creating(clauseOf(last).words) && !ordersOutright(text))
			texts[texts.length - 1] = `${last.replace(/[.;,\s]*$/, '')}; ${text}`;
		else texts.push(text);
	}
	return texts.map(clauseOf);
}

const joints =
	/[.!?]+\s+|;\s+|,\s+(?:and\s+|but\s+|plus\s+|while\s+)?|\s+(?:and|plus|while|as well as|along with)\s+|(?<=[가-힣](?:(?<![다라자냐])고|며|면서|서)),?\s+|\s+그리고\s+/gi;

/** Cut at every joint behind which another object is named or another order begins. */
async function finelyCut(request: string, world: World): Promise<readonly Clause[]> {
	const {scope, rest} = scopeOf(request);
	const texts: string[] = [];
	let named = new Set<string>();
	for (const {text, joint} of piecesOf(rest)) {
		const clause = clauseOf(text);
		const names = new Set((await mentionsIn(clause, world, namedKinds)).mentions.map(({name}) => name));
		const isOther = [...names].some(name => !named.has(name)) || (clause.language === 'en' && ordersOutright(text));
		const last = texts.at(-1);
		if (last === undefined || (isOther && named.size > 0 && !openCondition.test(last))) {
			texts.push(text);
			named = names;
		} else {
			texts[texts.length - 1] = `${last}${joint}${text}`;
			named = new Set([...named, ...names]);
		}
	}
	return completed(texts).map(text => clauseOf(scope === '' ? text : `${scope} ${text}`));
}

/** The pieces between the joints, each with the joint before it. */
function piecesOf(request: string): readonly {readonly text: string; readonly joint: string}[] {
	const places = [...masked(request).matchAll(joints)];
	const begins = [{end: 0, joint: ''}, ...places.map(({0: joint, index}) => ({end: index + joint.length, joint}))];
	return begins
		.map(({end, joint}, at) => ({text: request.slice(end, places[at]?.index ?? request.length), joint}))
		.filter(({text}) => text.trim() !== '');
}

import type {Clause} from '../clause.ts';
import {mentionsIn as objectsNamed} from '../names/mentions-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {givesOrder, moodOf} from '../words/mood/mood-of.ts';
import type {World} from '../world.ts';
import {withLiveImage} from './live-image.ts';
import {isCreation} from './reading/creation.ts';
import {headOf, isOtherPolicy} from './reading/head.ts';
import {imageIn} from './reading/image.ts';
import {type Mention, type Mentioned, mentionsIn} from './reading/mentions.ts';
import {isPlaceMention} from './reading/place-mention.ts';
import {plainAt, type Wish, wishOf} from './reading/wish.ts';

export const workloads: readonly Mentioned[] = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'];
/** What a workload takes from others, and what only says where it is. */
const references: readonly Mentioned[] = ['Namespace', 'Secret', 'ConfigMap', 'PersistentVolumeClaim', 'ServiceAccount', 'Pod'];

const said = ({text, language}: Clause) => wishOf(text, language);

/** The kind of the workload that a wish is about, where it is about one. */
export function workloadIn(wish: Wish): Mentioned | undefined {
	const kind = headOf(wish)?.kind;
	return kind !== undefined && workloads.includes(kind) ? kind : undefined;
}

/** The kind of the workload that a clause wants, with or without its image. */
const workloadOf = (wish: Wish) => (isCreation(wish) ? workloadIn(wish) : undefined);

/** Deeds that are done to what is there. */
const deeds =
	/^(?:delete|remove|drop|erase|destroy|scale|restart|bounce|reboot|rollback|revert|undo|cordon|uncordon|drain|evict|list|tell|describe|show|what|which|who|why|how|is|are|does|did)$/;
/** `delete it ten minutes after it is done` tells of a Job; without a time it is an order. */
const destroys = /^(?:delete|remove|drop|erase|destroy)$/;
const timed = /\d|\b(?:after|when|once|as soon as)\b/i;
const openings = /^(?:then|also|and|please|after|afterwards|now|finally|next|that|can|could|would|you|i|we|want|to)$/;

const firstVerb = (wish: Wish) => {
	const at = wish.words.findIndex((_, index) => !openings.test(plainAt(wish, index)));
	return at < 0 ? '' : plainAt(wish, at);
};

/** Kinds that a remark about a workload may name. A StatefulSet comes with its Service. */
const isOwn = (kind: Mentioned, of: Mentioned) => kind === of || references.includes(kind) || (of === 'StatefulSet' && kind === 'Service');

/** `so that the network policy lets it through`: what is there. */
const isDefinite = (wish: Wish, {kind, first}: Mention) =>
	!workloads.includes(kind) && [first - 1, first - 2].some(at => /^(?:the|that|this|our|existing)$/.test(plainAt(wish, at)));

/** `label it role=client so that it may reach the ledger`, `the label role=client like those of web`: what is there says why, behind what is said. */
const withoutReason = (text: string) =>
	text.replace(/(?<==\S+\s.{0,20})\b(?:so|because|since|as otherwise|otherwise|or else|in order to|like|just as|the way)\b.*$/is, '');

/** Whether a clause only goes on to say how the workload before it is to be. */
export async function goesOn(clause: Clause, of: Mentioned, hasImage: boolean, world: World): Promise<boolean> {
	const wish = said(clause);
	if (clause.text.trim().endsWith('?') && moodOf(clause.text) === 'question') return false;
	const mentions = mentionsIn(wish).filter(
		mention => !isPlaceMention(wish, mention) && !isOtherPolicy(wish, mention) && !isDefinite(wish, mention),
	);
	if (mentions.some(({kind}) => !isOwn(kind, of))) return false;
	if (hasImage && mentions.some(({kind}) => kind === of) && imageIn(wish) !== undefined) return false;
	if (destroys.test(firstVerb(wish)) && !timed.test(clause.text)) return false;
	if (deeds.test(firstVerb(wish))) {
		const {mentions: live} = await objectsNamed(clause, world, [
			'Deployment',
			'StatefulSet',
			'DaemonSet',
			'CronJob',
			'Job',
			'Node',
			'ConfigMap',
		]);
		return live.length === 0 && mentions.length === 0;
	}
	const {mentions: live} = await objectsNamed(clauseOf(withoutReason(clause.text)), world, [
		'Deployment',
		'StatefulSet',
		'DaemonSet',
		'CronJob',
		'Node',
	]);
	return live.length === 0 || !givesOrder(clause.text);
}

/** `cron: shop/nightly`: a name with its namespace before it. */
export async function placed(text: string, world: World): Promise<string> {
	const namespaces = await world.namespaces();
	const found = [...text.matchAll(/(?<![\w./:@-])([a-z0-9-]+)\/([a-z0-9][a-z0-9-]*)(?![\w./:@-])/g)].find(([, space = '']) =>
		namespaces.includes(space),
	);
	if (found === undefined) return text;
	const [whole, space, name] = found;
	return /[가-힣]/.test(text) ? text.replace(whole, `${space}에 ${name}`) : text.replace(whole, `${name} in ${space}`);
}

/** `I want to look around in there later`: what somebody is about, with nothing in it that could be done. */
async function isBackground(clause: Clause, world: World): Promise<boolean> {
	if (
		!/^(?:i|i'm|i'd|we|we're|we'd|our|my|the|this|that|it|there|tomorrow|today)\b/i.test(clause.text.trim()) ||
		clause.text.trim().endsWith('?')
	)
		return false;
	if (mentionsIn(said(clause)).some(({kind}) => kind !== 'Pod' && kind !== 'Namespace')) return false;
	const {mentions} = await objectsNamed(clause, world, ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Node', 'Service']);
	return (
		mentions.length === 0 ||
		/^(?:i|we)(?:'m|'re|'d|'ll| am| are| would| will)?(?: \w+)? (?:have to|need to|want to|like to|going to|about to|must|trying to)\b.*\b(?:look|check|debug|see|poke|test|try|inspect|investigate|find out)\b/i.test(
			clause.text.trim(),
		)
	);
}

const together = (clauses: readonly Clause[]) =>
	clauses
		.map(({text}) => text.trim())
		.map((text, at) => (at === clauses.length - 1 || /[.!?;,:]$/.test(text) ? text : `${text}.`))
		.join(' ');

/**
 * The clauses of a request, those in one that say how one new workload is to be: `Create a job x in y. Image z. It may run for an hour.`
 * Sentences about a workload name conditions, times and deeds of its own, and none of them is an order. An image of something live is put in its place.
 */
export async function gathered(spoken: readonly Clause[], world: World): Promise<readonly Clause[]> {
	const at = spoken.findIndex(clause => workloadOf(said(clause)) !== undefined);
	if (at < 0) return spoken;
	const clauses = await Promise.all(
		spoken.map(async (clause, index) => (index < at ? clause : clauseOf(await placed(await withLiveImage(clause.text, world), world)))),
	);
	const first = clauses[at];
	if (first === undefined) return spoken;
	const kind = workloadOf(said(first)) ?? 'Pod';
	let last = at;
	while (last + 1 < clauses.length) {
		const next = clauses[last + 1];
		const hasImage = imageIn(said(clauseOf(together(clauses.slice(at, last + 1))))) !== undefined;
		if (next === undefined || !(await goesOn(next, kind, hasImage, world))) break;
		last += 1;
	}
	const before = clauses.slice(0, at);
	const isTold = before.length > 0 && (await Promise.all(before.map(clause => isBackground(clause, world)))).every(Boolean);
	const text = together(clauses.slice(isTold ? 0 : at, last + 1));
	const whole = clauseOf(text);
	if (imageIn(said(whole)) === undefined || (last === at && !isTold)) return first.text === spoken[at]?.text ? spoken : clauses;
	return [...(isTold ? [] : before), whole, ...(await gathered(clauses.slice(last + 1), world))];
}

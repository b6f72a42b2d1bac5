import {asksToKnow} from '../change/is-change.ts';
import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import type {World} from '../world.ts';
import {copyWish, speaksOfCopy} from './copies/copy-wish.ts';
import {makeAll, plannedIn} from './make-all.ts';
import {isCreation, isFirm} from './reading/creation.ts';
import {headOf} from './reading/head.ts';
import {imageIn} from './reading/image.ts';
import {newnessOf} from './reading/new-thing.ts';
import {partsOf} from './reading/parts.ts';
import {type Wish, wishOf} from './reading/wish.ts';
import {sceneOf} from './scene.ts';

async function understand(clause: Clause, world: World, talk: Talk): Promise<Understanding | undefined> {
	const wish = wishOf(clause.text, clause.language);
	if (!isCreation(wish) || headOf(wish) === undefined) return undefined;
	// More pods of what runs are no new ones.
	if (headOf(wish)?.kind === 'Pod' && imageIn(wish) === undefined && !isFirm(wish)) return undefined;
	return makeAll(clause, partsOf(wish), world, talk);
}

/** Whether a part of a wish is for a copy of something that is there. */
async function hasCopy(parts: readonly Wish[], world: World, talk: Talk): Promise<boolean> {
	for (const part of parts) {
		const scene = await sceneOf(part, undefined, world, {planned: plannedIn(talk), place: undefined});
		if ((await copyWish(scene)) !== undefined) return true;
	}
	return false;
}

/** A complaint before the order makes no question of it; a sentence that asks does. */
function isQuestion({text, language}: Clause): boolean {
	const sentences = text.split(/(?<=[.!?])\s+/).map(sentence => ({text: sentence, language}));
	const asking = sentences.filter(asksToKnow);
	return asking.length === sentences.length || asking.some(sentence => sentence.text.endsWith('?'));
}

/** Kinds of which a second one is no change of the first. */
const besideWorkloads = new Set(
	'Service ServiceAccount Ingress ConfigMap Secret HorizontalPodAutoscaler PodDisruptionBudget ResourceQuota NetworkPolicy CronJob Job'.split(
		' ',
	),
);

/** A request that says outright that something is to be made: nothing else that it speaks of is asked about or changed. */
export const createFirmly: Intent = {
	name: 'create firmly',
	async understand(clause, world, talk) {
		const wish = wishOf(clause.text, clause.language);
		if (speaksOfCopy(wish) && !isQuestion(clause) && (await hasCopy(partsOf(wish), world, talk)))
			return makeAll(clause, partsOf(wish), world, talk);
		if (isFirm(wish)) return understand(clause, world, talk);
		if (isQuestion(clause) || /\bcanary\b|카나리/i.test(clause.text)) return undefined;
		const newness = await newnessOf(wish, world);
		const head = headOf(wish)?.kind;
		if (newness === undefined || head === undefined) return undefined;
		// `the web HPA reacts late, …`: the one that is there is meant.
		const isOfLive = /^(?:HorizontalPodAutoscaler|PodDisruptionBudget)$/.test(head) || wearsMore(clause);
		if (isOfLive && (await isNamed(clause, head, world))) return undefined;
		const made = await makeAll(clause, partsOf(wish), world, talk);
		return newness === 'named' || made?.kind === 'calls' || besideWorkloads.has(head) ? made : undefined;
	},
};

/** `the web ingress wants the annotation a=b` */
const wearsMore = ({text}: Clause) =>
	/\b(?:wants?|needs?|gets?|carry|carries|should (?:have|carry|get))\b[^.;]*\b(?:labels?|annotations?)\b/i.test(text);

async function isNamed(clause: Clause, kind: string, world: World): Promise<boolean> {
	const {mentions} = await mentionsIn(clause, world, [kind]);
	return mentions.some(({kindSaid}) => kindSaid);
}

/** Namespaces, workloads, Services, routes, settings, rights, policies, limits, jobs and claims that are to be made. */
export const createObjects: Intent = {name: 'create', understand};

import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {asksToKnow} from '../change/is-change.ts';
import type {Clause} from '../clause.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {clauseOf, clausesOf} from '../words/clauses-of.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {isNearly} from '../words/nearly.ts';
import type {World} from '../world.ts';
import {goesOn, placed, workloadIn, workloads} from './gathered.ts';
import {withLiveImage} from './live-image.ts';
import {makeAll, plannedIn} from './make-all.ts';
import {withPinnedNode} from './pinned.ts';
import {withPointed} from './pointed.ts';
import {changesLive} from './reading/creation.ts';
import {imageIn} from './reading/image.ts';
import type {Mentioned} from './reading/mentions.ts';
import {partsOf} from './reading/parts.ts';
import {withoutUnwanted} from './reading/unwanted.ts';
import {wishOf} from './reading/wish.ts';
import {withSourceKinds} from './source-kinds.ts';
import {withTag} from './tagged.ts';

/**
 * A request, in however many sentences, for one workload that is not there: its kind, its image and a name that nothing has say together that it is to be
 * made, whatever the verb is. Read before all others, since the words of its settings are those of changes, policies and deletions, too.
 */
export const createWorkload: Intent = {
	name: 'create a workload',
	async understand(said, world, talk) {
		if (['weighed', 'forbidden'].includes(moodOf(withoutUnwanted(said.text))) || isQuestion(said) || /\bcanary\b|카나리/i.test(said.text))
			return undefined;
		const clause = clauseOf(await spelledOut(said.text, world));
		const wish = wishOf(clause.text, clause.language);
		const kind = workloadIn(wish);
		const image = imageIn(wish);
		if (kind === undefined || image === undefined || isOther(wish.words[image]?.raw) || !(await isAllOfOne(clause, kind, world)))
			return undefined;
		const understood = await makeAll(clause, partsOf(wish), world, {...talk, clauses: [clause], index: 0});
		return understood !== undefined && (await isNew(understood, clause, world)) ? understood : undefined;
	},
};

/** `the running ones stay`: no image. */
const isOther = (word = '') => /^(?:ones?|pods?|those|these|there|now|already|today|fine|well)$/i.test(word);

/** `look inside x first. I want a pod …` asks nothing. */
const isQuestion = (said: Clause) =>
	asksToKnow(said) && /\?\s*$|^(?:what|which|who|whose|why|how|where|when|is|are|does|do|did)\b|까요?[.\s]*$/i.test(said.text.trim());

/** The text with what it points at in the place of the words that point. */
async function spelledOut(text: string, world: World): Promise<string> {
	const live = new Set((await Promise.all(workloads.map(kind => world.objects(kind)))).flat().map(({metadata}) => metadata.name));
	const nodes = (await world.objects('Node')).map(({metadata}) => metadata.name);
	const told = await withSourceKinds(await placed(await withLiveImage(asApp(text), world), world), world);
	return withPinnedNode(withPointed(withTag(told, live)), nodes);
}

/** `a new service in shop: deployment web …` means no Service. */
const asApp = (text: string) =>
	text.replace(
		/\b((?:new|another|small|little|tiny|internal) )(?:micro)?service(?: component)?\b(?=[^.;:,]{0,40}[:,.] (?:it'?s |it is |it should (?:be|run as) |run it as |(?:please )?(?:run|deploy|start|bring up) \S+ [^.;,]{0,60}?\bas )?(?:an? |as an? )?(?:new )?(?:deployment|statefulset|daemonset)\b)/i,
		'$1app',
	);

/** Whether every sentence tells of the one workload, or only why it is wanted. */
async function isAllOfOne(whole: Clause, kind: Mentioned, world: World): Promise<boolean> {
	const sentences = clausesOf(whole.text);
	for (const sentence of sentences) {
		const wish = wishOf(sentence.text, sentence.language);
		const isOwn = imageIn(wish) !== undefined || workloadIn(wish) === kind;
		if (isOwn ? changesLive(wish) : !(await goesOn(sentence, kind, false, world))) return false;
	}
	return true;
}

/** Whether what is planned is called by a word of the request, and nothing that runs is called nearly so. */
async function isNew(understood: Understanding, {text}: Clause, world: World): Promise<boolean> {
	if (understood.kind !== 'calls') return false;
	const made = plannedIn({clauses: [], index: 0, earlier: [understood], nowMs: 0}).find(({kind}) => workloads.some(each => each === kind));
	if (made === undefined || !isSaid(made.metadata.name, text)) return false;
	const live = (await Promise.all(workloads.map(kind => world.objects(kind)))).flat();
	return !live.some(other => (other.kind === made.kind ? isSame(made, other) : made.metadata.name === other.metadata.name));
}

const isSame = ({metadata: {name}}: KubeObject, {metadata}: KubeObject) => metadata.name === name || isNearly(name, metadata.name);

/** Its image is called so, too: that is not enough. */
const isSaid = (name: string, text: string) =>
	new RegExp(`(?<![\\w./:-])${name}(?![\\w/-]|[.:]\\S)`).test(text.replaceAll(/[\w.-]+(?:\/[\w.-]+)*:[\w.-]+|[\w.-]+(?:\/[\w.-]+)+/g, ' '));

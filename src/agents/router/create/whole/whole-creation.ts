import type {Clause} from '../../clause.ts';
import type {Intent} from '../../understanding.ts';
import {clausesOf} from '../../words/clauses-of.ts';
import {moodOf, ordersOutright} from '../../words/mood/mood-of.ts';
import type {World} from '../../world.ts';
import {copyWish, speaksOfCopy} from '../copies/copy-wish.ts';
import {makeAll} from '../make-all.ts';
import {isCreation, isSaid, scalesItself} from '../reading/creation.ts';
import {headOf} from '../reading/head.ts';
import {type Mentioned, mentionsIn} from '../reading/mentions.ts';
import {statedNames} from '../reading/naming.ts';
import {partsOf} from '../reading/parts.ts';
import {says, type Wish, wishOf} from '../reading/wish.ts';
import {sceneOf} from '../scene.ts';
import {unexplained} from './explained.ts';
import {newlyNamedHead} from './new-head.ts';
import {ordersOther} from './other-orders.ts';

/**
 * A request of any number of sentences that makes one thing of a name that nothing has, or copies one: it is read as a whole, and all that it says exactly
 * has to be in the plan.
 */
export const createWhole: Intent = {
	name: 'create as a whole',
	async understand(clause, world, talk) {
		const wish = wishOf(clause.text, clause.language);
		const named = await newlyNamedHead(wish, world);
		const kind = named?.kind ?? impliedKind(wish) ?? ((await isCopy(wish, world)) ? 'ConfigMap' : undefined);
		if (kind === undefined || clausesOf(clause.text).some(part => ordersOther(part, kind))) return undefined;
		const isOne = named?.isOnly === true && named.kind !== 'Namespace';
		const made = await makeAll(clause, isOne ? [wish] : partsOf(wish), world, talk);
		if (made?.kind !== 'calls' || !(await isWhole(clause, JSON.stringify(made.calls), world))) return undefined;
		return isWanted(clause, wish) ? {...made, isSure: true} : made;
	},
};

const implied: readonly Mentioned[] = ['NetworkPolicy', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ResourceQuota', 'Role'];

/** Of these a workload has one, which is called as it is. */
const nameless: readonly Mentioned[] = ['HorizontalPodAutoscaler', 'PodDisruptionBudget'];

/** A kind that no word calls so, by what is said of it, where the wish says what it is to be called: `cap shop at 20 pods; name it shop-cap`. */
function impliedKind(wish: Wish): Mentioned | undefined {
	if (says(wish, scalesItself)) return 'HorizontalPodAutoscaler';
	const head = headOf(wish);
	if (head === undefined || !implied.includes(head.kind)) return undefined;
	if (head.mention !== undefined && nameless.includes(head.kind) && isCreation(wish)) return head.kind;
	const [name] = statedNames(wish);
	return name !== undefined && /[-\d]/.test(wish.words[name]?.raw ?? '') ? head.kind : undefined;
}

const done =
	/\b(?:was|were|been|got|had|have|has|did|yesterday|last (?:night|week|month))\b.{0,30}\b(?:deleted|removed|gone|created|made|added|dropped|lost)\b|(?:삭제|생성|추가|만들)(?:했|됐|되었|하였|었)/i;
const unwanted =
	/\b(?:don't|do not|never|no need to|not|without)\b[^.;,]{0,20}\b(?:create|creating|make|making|add|adding|set up)\b|(?:만들|생성하|추가하)지 ?(?:마|말|않)/i;
const tellsHow = /\b(?:should|shall|must|has to|have to|needs?|wants?|is to|are to|may|can|will)\b|(?:해야|하게|되게|도록|필요|싶)/i;

/** Whether it is wished for, whatever form the sentence has: a question, a doubt, or what is only told of the past is no wish. */
function isWanted({text}: Clause, wish: Wish): boolean {
	if (moodOf(text) === 'weighed' || text.trim().endsWith('?') || done.test(text) || unwanted.test(text)) return false;
	return (
		moodOf(text) === 'order' || ordersOutright(text) || isSaid(wish) || tellsHow.test(text) || mentionsIn(wish).some(({first}) => first < 3)
	);
}

/** Whether a copy of something that is there is wanted, and nothing has to be asked before. */
async function isCopy(wish: Wish, world: World): Promise<boolean> {
	if (!speaksOfCopy(wish)) return false;
	const wanted = await copyWish(await sceneOf(wish, undefined, world, {planned: [], place: undefined}));
	return wanted !== undefined && !('kind' in wanted);
}

const isWhole = async (clause: Clause, planned: string, world: World) =>
	(await unexplained(wishOf(clause.text, clause.language), planned, world)) === undefined;

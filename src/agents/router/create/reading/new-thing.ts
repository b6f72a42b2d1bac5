import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {isNearly} from '../../words/nearly.ts';
import type {World} from '../../world.ts';
import {isCreation, ordersOther} from './creation.ts';
import {imageIn} from './image.ts';
import {type Mention, mentionsIn} from './mentions.ts';
import {nameBeside, statedNames} from './naming.ts';
import {isPlaceMention} from './place-mention.ts';
import {plainAt, says, type Wish} from './wish.ts';

/** How a wish says that something is not there yet. `named`: it is given a name that nothing of its kind has. */
export type Newness = 'named' | 'marked';

const fresh = /^(?:a|an|another|new|second|third|additional|extra|separate|further|own|one)$/;
const counting = /^(?:one|another|second|third|additional|extra|own|further)$/;
const between = /^(?:of|to|for|in|on|by|from|with|at|and|or|the|this|that|its?)$/;
const attributes =
	/^(?:labels?|annotations?|types?|ports?|names?|selectors?|limits?|requests?|images?|probes?|tags?|rollouts?|replicas?|tokens?|class|account|policy|grace|restart)$/;

/** `a second NodePort service`, `서비스 하나 더`, `새 인그레스`; `another pod` is one more of what runs. */
function isMarked(wish: Wish, {kind, first, last}: Mention): boolean {
	if (wish.language === 'ko') {
		const before = plainAt(wish, first - 1);
		const behind = wish.words
			.slice(last, last + 4)
			.map(({raw, text}) => `${raw} ${text}`)
			.join(' ');
		return (
			kind !== 'Pod' &&
			(/^(?:새|새로운|또|다른|별도|별도의|추가)$/.test(before) ||
				/하나\s?하나 더|하나 더|하나 더더|한 개 더/.test(behind) ||
				/ 하나.* 더/.test(behind))
		);
	}
	if (attributes.test(plainAt(wish, last + 1))) return false;
	for (let at = first - 1; at >= Math.max(0, first - 4); at -= 1) {
		const word = plainAt(wish, at);
		if (between.test(word) || wish.words[at]?.stop !== undefined) return false;
		if (fresh.test(word)) return !(kind === 'Pod' && counting.test(word));
	}
	return false;
}

/** `there is no service yet; make one`, `put one in front of it`. */
const makesOne = /\b(?:make|create|add|put|set up|give (?:it|them)|get me|i need|we need) (?:me )?one\b/i;

/** `…: budget web-pdb`, `…, quota named so`: a kind with its name as a remark of its own. */
const isListed = (wish: Wish, {kind, first, last}: Mention) =>
	kind !== 'Pod' &&
	kind !== 'Deployment' &&
	first > 2 &&
	/[:,.;]/.test(wish.words[first - 1]?.stop ?? '') &&
	(wish.words[last + 1]?.stop !== undefined || last + 2 === wish.words.length);

/** `web-np 서비스 추가`. */
const isAdded = (wish: Wish, {last}: Mention) =>
	wish.language === 'ko' &&
	!/삭제|지우|지워|제거|없애|재시작/.test(wish.text) &&
	/^(?:추가|만들|생성|하나(?!뿐))/.test(wish.words[last + 1]?.raw ?? '');

const changing = /\b(?:should|must|update|upgrade|bump|roll|switch|change|set|use|uses|move|downgrade)\b/i;

const byHand =
	/\b(?:trigger|run|start|kick off|fire|launch|execute)\b.*\b(?:by hand|manually|now|once|right away|immediately|on demand|as (?:an? )?(?:one-off |manual |new )?job)\b|수동|지금 ?(?:한 ?번|바로|즉시)|한 ?번만?.{0,12}(?:돌|실행)/i;

/** `run nightly by hand as job nightly-now`: a Job of a live CronJob, under a name that no Job has. */
async function isManualRun(wish: Wish, mentions: readonly Mention[], world: World): Promise<boolean> {
	const job = mentions.find(({kind}) => kind === 'Job');
	if (job === undefined || !byHand.test(wish.text) || imageIn(wish) !== undefined) return false;
	const beside = nameBeside(wish, job, () => false);
	const name = beside === undefined ? undefined : wish.words[beside]?.raw;
	const crons = await world.objects('CronJob');
	if (name === undefined || crons.some(({metadata}) => metadata.name === name) || isThere(await world.objects('Job'), name)) return false;
	return wish.words.some(({raw}) => crons.some(({metadata}) => metadata.name === raw));
}

/** Whether a wish speaks of something that nobody has made yet; undefined where all that it names may be there. */
export async function newnessOf(wish: Wish, world: World): Promise<Newness | undefined> {
	const mentions = mentionsIn(wish).filter(mention => !isPlaceMention(wish, mention));
	const stated = statedNames(wish).flatMap(at => wish.words[at]?.raw ?? []);
	const hasImage = imageIn(wish) !== undefined && !says(wish, changing);
	if (await isManualRun(wish, mentions, world)) return 'named';
	let found: Newness | undefined;
	for (const mention of mentions.filter(
		mention => mention.kind !== 'ServiceAccount' || isMarked(wish, mention) || isAdded(wish, mention),
	)) {
		const beside = nameBeside(wish, mention, () => false);
		const name =
			stated[0] ??
			(isListed(wish, mention) && beside !== undefined ? wish.words[beside]?.raw : undefined) ??
			((hasImage || (mention.kind !== 'Pod' && isAdded(wish, mention))) && beside !== undefined ? wish.words[beside]?.raw : undefined);
		if (name !== undefined && !isThere(await world.objects(mention.kind), name)) return 'named';
		const opening = beside !== undefined && isOpening(wish, mention) ? wish.words[beside]?.raw : undefined;
		if (opening !== undefined && !(await isAnything(world, mention.kind, opening))) return 'named';
		const fresh = beside !== undefined && beside === mention.last + 1 ? wish.words[beside]?.raw : undefined;
		// `service web-metrics in shop`: of a name that nothing has.
		if (
			fresh?.includes('-') &&
			besides.test(mention.kind) &&
			!says(wish, changing) &&
			isCreation(wish) &&
			!(await isAnything(world, mention.kind, fresh))
		)
			return 'named';
		const own = byNoun.test(mention.kind) ? (stated[0] ?? (beside === undefined ? undefined : wish.words[beside]?.raw)) : undefined;
		if (own !== undefined && isCreation(wish) && !ordersOther(wish) && !(await isAnything(world, mention.kind, own))) return 'named';
		if (isMarked(wish, mention) || makesOne.test(wish.text) || (byNoun.test(mention.kind) && isAdded(wish, mention))) found = 'marked';
		if (
			ofWorkload.test(mention.kind) &&
			/^(?:needs?|wants?|gets?|deserves?|have|has)$/.test(plainAt(wish, mention.first - 1)) &&
			isCreation(wish)
		)
			found = 'marked';
		// `web pdb please: one pod at a time`: of a workload that has none.
		if (found === undefined && own !== undefined && ofWorkload.test(mention.kind) && isCreation(wish) && !ordersOther(wish)) {
			const isOwn = isThere(await world.objects(mention.kind), own);
			if (!isOwn && (await isAnything(world, 'Deployment', own))) found = 'marked';
		}
	}
	return found;
}

/** `web-smtp service for web, 25 -> 8080`: a wish that begins with what it wants, and says how it should be. */
const isOpening = (wish: Wish, {kind, first}: Mention) =>
	first < 3 && besides.test(kind) && /\d|=|->|→/.test(wish.text) && !says(wish, changing) && isCreation(wish);

const besides = /^(?:Service|Ingress|ConfigMap|Secret|CronJob|ResourceQuota|NetworkPolicy|PersistentVolumeClaim)$/;

/** Kinds that people order by the noun alone: one of a name that nothing has is to be made. */
const byNoun =
	/^(?:Role|RoleBinding|HorizontalPodAutoscaler|PodDisruptionBudget|LimitRange|ResourceQuota|PersistentVolumeClaim|ServiceAccount)$/;

const ofWorkload = /^(?:HorizontalPodAutoscaler|PodDisruptionBudget)$/;

/** Whether anything of this kind, or a workload, has nearly this name. */
async function isAnything(world: World, kind: string, name: string): Promise<boolean> {
	for (const each of [kind, 'Deployment', 'StatefulSet', 'DaemonSet', 'Namespace'])
		if (isThere(await world.objects(each), name)) return true;
	return false;
}

const isThere = (objects: readonly KubeObject[], name: string) =>
	objects.some(({metadata}) => metadata.name === name || isNearly(name, metadata.name));

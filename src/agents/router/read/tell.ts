import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import type {Clause} from '../clause.ts';
import {kindsIn, workloadKinds} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {sameThing} from '../names/same-thing.ts';
import {whichOne} from '../names/which-one.ts';
import {namedKinds} from '../route/ordered.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {columnsAsked, columnsText} from './columns/asked-columns.ts';
import type {Column} from './columns/column.ts';
import {addsUp, asksHowMany} from './count.ts';
import {measureIn, restartsOf} from './measure.ts';
import {factsOf} from './object-facts.ts';
import {isRanked} from './ranked.ts';
import {answer, bullet, inLanguage} from './say.ts';
import {isAboutUse, usedKinds} from './uses.ts';

const told = [
	...namedKinds,
	'Pod',
	'Node',
	'Namespace',
	'PersistentVolume',
	'StorageClass',
	'PriorityClass',
	'IngressClass',
	'ServiceAccount',
	'ClusterRole',
	'ClusterRoleBinding',
	'LimitRange',
] as const;

/** `What is the schedule of nightly-etl?`, `in which zones are a and b?`, `web 서비스 포트가 몇 번이야?`: fields of objects that are named. */
export const tell: Intent = {
	name: 'tell a field',
	async understand(clause, world, talk) {
		if (!asksToRead(clause) || isRanked(clause) || spoken(clause, 'log event history revision 로그 이벤트 이력 리비전')) return undefined;
		// What all pods of a workload ask for is added up.
		if (addsUp(clause) && /^(?:cpu|memory)$/.test(measureIn(clause, [])?.what ?? '')) return undefined;
		if (ofOwner.test(clause.text) && (kindsIn(clause).some(({plural}) => plural) || spoken(clause, 'workload app application')))
			return undefined;
		const found = await namedIn(clause, world, talk);
		const ofPods = await podsTold(clause, found, world, talk);
		if (ofPods !== undefined) return ofPods;
		if (asksPodsOf(clause, found.flat())) return undefined;
		const asked = found.map(objects => askedOf(clause, objects, talk));
		if (asked.length === 0 || asked.some(one => one.columns.length === 0)) return undefined;
		if (
			isLeftToOthers(
				clause,
				asked.flatMap(({columns}) => columns),
			)
		)
			return undefined;
		const objects = asked.map(one => chosenOf(one.objects, world));
		const several = objects.find(list => list.length > 1);
		if (several !== undefined) return whichOne(clause, several, several[0]?.metadata.name ?? '');
		const {language} = clause;
		const lines = objects.flat().map((object, index) => line(clause, object, asked[index]?.columns ?? []));
		const names = objects.flat().map(({metadata}) => metadata.name);
		return answer(
			inLanguage(language, `What is asked of ${names.join(', ')}`, `${names.join(', ')}에 대해 물은 것`),
			inLanguage(language, 'As it is now:', '지금 상태:'),
			lines,
			language,
		);
	},
};

/** `the namespaces owned by team web`: those of a label, and none by name. */
const ofOwner =
	/\b(?:owned|run|kept|maintained) by (?:the )?(?:team |group )?[\w-]+|\bbelong(?:s|ing)? to (?:the )?(?:team|group)\b|\b(?:team|group) [\w-]+ (?:owns?|runs?|keeps?|maintains?|looks? after|has)\b/i;

/** What the clause names, each place with all objects that it may mean. */
async function namedIn(clause: Clause, world: World, talk: Talk): Promise<readonly (readonly KubeObject[])[]> {
	// `the web pod` is of web: what has a name in full is looked for where nothing else is named.
	const own = await mentionsIn(
		clause,
		world,
		told.filter(kind => kind !== 'Pod'),
		talk,
	);
	const mentions = own.mentions.length > 0 ? own.mentions : (await mentionsIn(clause, world, told, talk)).mentions;
	const kinds = new Set(kindsIn(clause).map(({kind}) => kind));
	const isPlace =
		[...kinds].some(kind => kind !== 'Namespace') || mentions.some(({objects}) => objects.some(({kind}) => kind !== 'Namespace'));
	const named = isPlace ? mentions.filter(({objects}) => objects.some(({kind}) => kind !== 'Namespace')) : mentions;
	return [...Map.groupBy(named, ({first}) => first).values()].map(same => {
		const all = [...new Set(same.flatMap(({objects}) => objects))];
		const ofKind = all.filter(({kind}) => kinds.has(kind));
		return ofKind.length > 0 ? ofKind : all;
	});
}

/** What only pods have: of a workload that is named, each of its pods tells it. */
const ofPodsAlone = new Set(['restarts', 'node', 'IP', 'QoS class']);

async function podsTold(
	clause: Clause,
	found: readonly (readonly KubeObject[])[],
	world: World,
	{nowMs}: Talk,
): Promise<Understanding | undefined> {
	const [objects, ...others] = found;
	const workloads = (objects ?? []).filter(({kind}) => workloadKinds.some(each => each === kind));
	const [workload, ...same] = workloads;
	if (workload === undefined || same.length > 0 || others.length > 0) return undefined;
	const pods = (await world.objects('Pod', workload.metadata.namespace)).filter(({metadata}) =>
		fitsSelector(valueAt(workload, 'spec', 'selector'), metadata.labels),
	);
	const columns = columnsAsked(clause, ['Pod'], pods, nowMs).filter(({en}) => ofPodsAlone.has(en));
	if (columns.length === 0 || pods.length === 0) return undefined;
	const {language} = clause;
	const name = `${workload.metadata.namespace}/${workload.metadata.name}`;
	const restarts = columns.some(({en}) => en === 'restarts') ? pods.reduce((sum, pod) => sum + restartsOf(pod), 0) : undefined;
	return answer(
		inLanguage(language, `What is asked of the pods of ${name}`, `${name}의 파드에 대해 물은 것`),
		restarts === undefined
			? inLanguage(language, `The pods of ${name}:`, `${name}의 파드:`)
			: inLanguage(language, `${restarts} restarts of ${name}:`, `${name}의 재시작 ${restarts}번:`),
		pods.map(pod => bullet(pod.metadata.name, columnsText(columns, pod, language))),
		language,
	);
}

type Asked = {readonly objects: readonly KubeObject[]; readonly columns: readonly Column[]};

/** Of objects of one name, those that have what is asked. */
function askedOf(clause: Clause, objects: readonly KubeObject[], {nowMs}: Talk): Asked {
	const withColumns = objects.map(object => ({object, columns: columnsAsked(clause, [object.kind], [object], nowMs)}));
	const most = Math.max(0, ...withColumns.map(({columns}) => columns.length));
	const best = withColumns.filter(({columns}) => columns.length > 0 && columns.length === most);
	return {objects: best.map(({object}) => object), columns: best[0]?.columns ?? []};
}

/** One thing in several kinds is told as that which stands for it; in several namespaces it is several. */
function chosenOf(objects: readonly KubeObject[], world: World): readonly KubeObject[] {
	const here = objects.filter(({metadata}) => metadata.namespace === world.namespace);
	const near = here.length > 0 ? here : objects;
	const one = sameThing(near, told);
	return one === undefined ? near : [one];
}

/** `pods on node-1`: what runs there, and none of its own fields. */
const asksPodsOf = (clause: Clause, objects: readonly KubeObject[]) =>
	objects.length > 0 &&
	objects.every(({kind}) => kind === 'Node') &&
	kindsIn(clause).some(({kind}) => kind === 'Pod') &&
	!spoken(clause, 'capacity allocatable fit fits max maximum most room 최대 수용 용량');

/** How many pods there are, what uses a thing and which image runs is told better by those who count and look around. */
const isLeftToOthers = (clause: Clause, columns: readonly Column[]) =>
	columns.every(({en}) => en === 'replicas') ||
	spoken(clause, 'image tag 이미지 태그') ||
	(isAboutUse(clause) &&
		kindsIn(clause).some(({kind}) => usedKinds.some(each => each === kind)) &&
		!columns.some(({refers}) => refers !== undefined && refers !== 'Secret'));

function line(clause: Clause, object: KubeObject, columns: readonly Column[]): string {
	const {kind, metadata} = object;
	const counts = asksHowMany(clause);
	const values = columns.map(each => {
		const all = each.values(object);
		const none = inLanguage(clause.language, 'none', '없음');
		return `${each[clause.language]} ${counts && all.length > 1 ? `(${all.length}) ` : ''}${all.join(', ') || none}`;
	});
	const name = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
	return bullet(`${kind} ${name}`, [...values, ...(columns.length > 2 || counts ? [] : [factsOf(object)])].filter(Boolean).join('; '));
}

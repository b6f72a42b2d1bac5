import {type DeclaredPort, declaredPorts} from '../../../../analysis/coherence/workload-set.ts';
import {MkcoaError} from '../../../../core/error.ts';
import {isJsonObject} from '../../../../core/json.ts';
import {listAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {podLabelsOf, serviceManifest} from '../../../deploy/objects/services/service-for.ts';
import {servicePorts} from '../../../deploy/objects/services/service-ports.ts';
import {hostOf} from '../../words/values.ts';
import {lacking, type Made, objects} from '../made.ts';
import {objectOf} from '../manifests/object.ts';
import {nameIn} from '../name-in.ts';
import {sortedPairs} from '../reading/pairs.ts';
import {withExtras} from '../reading/service-extras.ts';
import {type SpokenPort, spokenPorts} from '../reading/service-ports.ts';
import {says, type Wish} from '../reading/wish.ts';
import {alreadyThere, objectsOf, placeOf, type Scene, subjectOf} from '../scene.ts';

export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

type Type = Parameters<typeof serviceManifest>[0]['type'];

const typeWords: readonly (readonly [Type, string])[] = [
	['Headless', 'headless|헤드리스|cluster ?ip[ :=]*none'],
	['NodePort', 'node ?port|노드 ?포트'],
	['LoadBalancer', 'load ?balancer|로드 ?밸런서'],
	['ClusterIP', 'cluster ?ip|클러스터 ?ip'],
];

/** The type that stands beside the word for the Service, else one that is spoken of. */
function typeIn(wish: Wish): Type {
	const text = wish.text.replaceAll(
		/\b(?:not|non-|no)[ -]?(?:a )?(?:headless|node ?port|load ?balancer)\b|(?:헤드리스|노드 ?포트|로드 ?밸런서) ?(?:말고|아닌|아니)/gi,
		' ',
	);
	const beside = typeWords.find(([, words]) =>
		new RegExp(
			`(?:${words})(?:[ -]?(?:type|typed|타입))?(?:의|인)? (?:service|svc|서비스)|\\b(?:type|타입은?|유형은?)[ :=]+(?:${words})|(?:서비스|service|svc) 타입은? (?:${words})`,
			'i',
		).test(text),
	);
	const isFixed = /\bnode ?port(?![a-z])[ :=]*(?:is |number |(?:는|은|를|로) ?)?\d|노드 ?포트(?:는|은)? ?\d/i.test(text);
	const spoken = typeWords.find(
		([type, words]) => new RegExp(`(?<![\\w-])(?:${words})(?![\\w-])`, 'i').test(text) && (type !== 'NodePort' || !isFixed),
	);
	if (beside !== undefined || spoken !== undefined) return (beside ?? spoken ?? ['ClusterIP'])[0];
	if (isFixed) return 'NodePort';
	if (/\binternal(?:ly)?\b|inside the cluster|내부/i.test(text)) return 'ClusterIP';
	return /\b(?:outside|external(?:ly)?|publicly|public|internet)\b(?! (?:name|traffic))|외부/i.test(text) ? 'LoadBalancer' : 'ClusterIP';
}

/** What tells a second Service of a workload from the first. */
const endings = {ClusterIP: '', Headless: '-headless', NodePort: '-np', LoadBalancer: '-lb'} as const;

const portText = ({port, target, name}: SpokenPort) =>
	`${name === undefined ? '' : `${name}=`}${port}${target === undefined ? '' : `:${target}`}`;

const usual: {readonly [port: number]: string} = {80: 'http', 443: 'https'};

/** Of several ports of the pods, the one that is called as such requests are, or the first; where one of them has that number it is that one. */
function withTarget(asked: SpokenPort, declared: readonly DeclaredPort[]): SpokenPort {
	if (asked.target !== undefined || declared.length < 2 || declared.some(({number}) => number === asked.port)) return asked;
	const [first] = declared;
	const found = declared.find(({name}) => name === usual[asked.port]) ?? first;
	return found === undefined ? asked : {...asked, target: found.name === '' ? found.number : found.name};
}

const isNodePort = ({port}: SpokenPort) => port >= 30_000 && port <= 32_767;

/** `a NodePort service at 31200`: a number that only nodes have is theirs, where the Service's own is told beside it or the pods have one alone. */
function onNodes(ports: readonly SpokenPort[], declared: readonly DeclaredPort[]): readonly SpokenPort[] {
	const [node, ...nodes] = ports.filter(isNodePort);
	const rest = ports.filter(port => !isNodePort(port));
	const [only] = declared;
	if (only !== undefined && ports.length === 1 && node?.nodePort === node?.port && node !== undefined)
		return [{...node, port: only.number}];
	if (node === undefined || nodes.length > 0 || node.target !== undefined || ports.some(({nodePort}) => nodePort !== undefined))
		return ports;
	if (rest.length === 1) return rest.map(port => ({...port, nodePort: node.port}));
	return rest.length === 0 && declared.length === 1 && only !== undefined ? [{...node, port: only.number, nodePort: node.port}] : ports;
}

/** Numbers of nodes and protocols, which the manifest of a Service of the product leaves to the server. */
function withDetails(service: KubeObject, ports: readonly SpokenPort[]): KubeObject {
	const details = (index: number) => {
		const {nodePort, protocol} = ports[index] ?? {};
		return {...(nodePort === undefined ? {} : {nodePort}), ...(protocol === undefined ? {} : {protocol})};
	};
	const spec = isJsonObject(service.spec) ? service.spec : {};
	return {
		...service,
		spec: {...spec, ports: listAt(spec, 'ports').map((port, index) => ({...(isJsonObject(port) ? port : {}), ...details(index)}))},
	};
}

/** `selecting app=web, tier=db`; pairs that are said to be labels of the Service itself are none of it. */
function selectorIn(wish: Wish): {readonly [key: string]: string} {
	const {data, labels} = sortedPairs(wish);
	const isOfPods = says(
		wish,
		/\bpods? (?:that are |which are )?(?:labell?ed|with (?:the )?labels?)|라벨(?:이|을)? ?(?:달린|붙은|가진|인)|\bselect\w*\b|셀렉터|고르는/i,
	);
	return isOfPods ? {...data, ...labels} : data;
}

const externalName = /\bexternal[ -]?name\b|\bcname\b|익스터널 ?네임|외부 ?(?:이름|네임)/i;
const alias = /\balias\b|\bpoint(?:s|ing|ed)? (?:at|to)\b|\bstand(?:s|ing)? for\b|\bresolv\w+|가리키|별칭|별명/i;

/** A name of the cluster for a host outside of it. */
async function makeExternalName(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const host = wish.words.flatMap(word => hostOf(word)?.host ?? []).at(0);
	const name = nameIn(scene);
	if (name === undefined) return lacking(wish, 'What should the Service be called?', '서비스 이름을 무엇으로 할까요?');
	if (host === undefined)
		return lacking(wish, `Which host does Service ${name} stand for?`, `서비스 ${name}은(는) 어느 호스트를 가리키나요?`);
	const namespace = placeOf(scene);
	const there = await alreadyThere(scene, 'Service', name, namespace);
	return there ?? objects(objectOf('v1', 'Service', {name, namespace}, {spec: {type: 'ExternalName', externalName: host}}));
}

/** A Service before the pods of a live workload, of one that the same request makes, or of labels that are named. */
export async function makeService(scene: Scene): Promise<Made> {
	const {wish, planned} = scene;
	if (says(wish, externalName)) return makeExternalName(scene);
	const target = await subjectOf(scene, workloadKinds);
	if (target.kind === 'none' && says(wish, alias) && wish.words.some(word => hostOf(word) !== undefined)) return makeExternalName(scene);
	if (target.kind === 'asks') return target.made;
	const given = nameIn(scene);
	const beside = planned.findLast(({kind}) => workloadKinds.some(each => each === kind));
	const labels = selectorIn(wish);
	const isByLabel = says(
		wish,
		/\bselect(?:s|ing|or)?\b|셀렉터|고르는|선택하는|선택해|라벨 ?(?:달린|붙은|가진|인|을 가진)|pods (?:labell?ed|with (?:the )?labels?)/i,
	);
	const workload = isByLabel && Object.keys(labels).length > 0 ? undefined : target.kind === 'one' ? target.object : beside;
	if (workload === undefined && Object.keys(labels).length === 0)
		return lacking(
			wish,
			`Which workload should the Service${given === undefined ? '' : ` ${given}`} send to?`,
			`서비스${given === undefined ? '가' : ` ${given}이(가)`} 어느 워크로드로 연결되어야 하나요?`,
		);
	const namespace =
		workload?.metadata.namespace ??
		(target.kind === 'one' && scene.spoken.length === 0 ? target.object.metadata.namespace : undefined) ??
		placeOf(scene);
	const type = typeIn(wish);
	const own = workload?.metadata.name ?? 'service';
	const isTaken = (await objectsOf(scene, 'Service', namespace)).some(({metadata}) => metadata.name === own);
	const name = given !== undefined && given !== own ? given : isTaken ? `${own}${endings[type]}` : own;
	const there = await alreadyThere(scene, 'Service', name, namespace);
	if (there !== undefined) return there;
	// A name behind the port is the Service's own where nothing else is.
	const declared = workload === undefined ? [] : declaredPorts(podSpecOf(workload));
	const told = spokenPorts(
		wish,
		declared.map(port => port.name),
	).map(port => (port.name === name ? {...port, name: undefined} : port));
	const asked = type === 'NodePort' ? onNodes(told, declared) : told;
	try {
		const ports = servicePorts(
			asked.map(port => portText(withTarget(port, declared))),
			declared,
			workload === undefined ? name : refText(refOf(workload)),
		);
		const selector = workload === undefined ? labels : podLabelsOf(workload);
		return objects(withExtras(withDetails(serviceManifest({name, namespace, selector, ports, type}), asked), wish));
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		return lacking(
			wish,
			`At which port should Service ${name} answer? ${error.message}.`,
			`서비스 ${name}은(는) 몇 번 포트로 받을까요? ${error.message}.`,
		);
	}
}

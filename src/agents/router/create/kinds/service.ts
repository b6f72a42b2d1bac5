import {type DeclaredPort, declaredPorts} from '../../../../analysis/coherence/workload-set.ts';
import {MkcoaError} from '../../../../core/error.ts';
import {isJsonObject} from '../../../../core/json.ts';
import {listAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {podLabelsOf, serviceManifest} from '../../../deploy/objects/services/service-for.ts';
import {servicePorts} from '../../../deploy/objects/services/service-ports.ts';
import {pairsIn} from '../../words/values.ts';
import {lacking, type Made, objects} from '../made.ts';
import {type SpokenPort, spokenPorts} from '../reading/service-ports.ts';
import {says, type Wish} from '../reading/wish.ts';
import {alreadyThere, nameIn, objectsOf, placeOf, type Scene, subjectOf} from '../scene.ts';

export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

type Type = Parameters<typeof serviceManifest>[0]['type'];

function typeIn(wish: Wish): Type {
	if (says(wish, /(?<!\bnot )(?<!\bnon-)\bheadless\b|헤드리스(?! ?(?:말고|아닌|아니))/i)) return 'Headless';
	if (says(wish, /\bnode ?port\b|노드 ?포트/i)) return 'NodePort';
	if (says(wish, /\bload ?balancer\b|로드 ?밸런서/i)) return 'LoadBalancer';
	if (says(wish, /\bcluster ?ip\b|\binternal(?:ly)?\b|inside the cluster|내부/i)) return 'ClusterIP';
	return says(wish, /\b(?:outside|external(?:ly)?|publicly|public|internet)\b|외부/i) ? 'LoadBalancer' : 'ClusterIP';
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

/** A Service before the pods of a live workload, of one that the same request makes, or of labels that are named. */
export async function makeService(scene: Scene): Promise<Made> {
	const {wish, planned} = scene;
	const target = await subjectOf(scene, workloadKinds);
	if (target.kind === 'asks') return target.made;
	const given = nameIn(scene);
	const beside = planned.findLast(({kind}) => workloadKinds.some(each => each === kind));
	const workload = target.kind === 'one' ? target.object : beside;
	const labels = Object.fromEntries(pairsIn(wish).map(({key, value}) => [key, value]));
	if (workload === undefined && Object.keys(labels).length === 0)
		return lacking(
			wish,
			`Which workload should the Service${given === undefined ? '' : ` ${given}`} send to?`,
			`서비스${given === undefined ? '가' : ` ${given}이(가)`} 어느 워크로드로 연결되어야 하나요?`,
		);
	const namespace = workload?.metadata.namespace ?? placeOf(scene);
	const type = typeIn(wish);
	const own = workload?.metadata.name ?? 'service';
	const isTaken = (await objectsOf(scene, 'Service', namespace)).some(({metadata}) => metadata.name === own);
	const name = given !== undefined && given !== own ? given : isTaken ? `${own}${endings[type]}` : own;
	const there = await alreadyThere(scene, 'Service', name, namespace);
	if (there !== undefined) return there;
	// A name behind the port is the Service's own where nothing else is.
	const asked = spokenPorts(wish).map(port => (port.name === name ? {...port, name: undefined} : port));
	try {
		const declared = workload === undefined ? [] : declaredPorts(podSpecOf(workload));
		const ports = servicePorts(
			asked.map(port => portText(withTarget(port, declared))),
			declared,
			workload === undefined ? name : refText(refOf(workload)),
		);
		const selector = workload === undefined ? labels : podLabelsOf(workload);
		return objects(withDetails(serviceManifest({name, namespace, selector, ports, type}), asked));
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		return lacking(
			wish,
			`At which port should Service ${name} answer? ${error.message}.`,
			`서비스 ${name}은(는) 몇 번 포트로 받을까요? ${error.message}.`,
		);
	}
}

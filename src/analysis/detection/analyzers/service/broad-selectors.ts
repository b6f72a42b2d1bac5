import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {refusalOf} from '../../../diagnosis/target-port-causes.ts';
import {routingOf, templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {narrowed} from './narrowed.ts';

/** Labels by which people say which application a pod is of. */
const appKeys = ['app', 'app.kubernetes.io/name', 'k8s-app', 'name'];

const appOf = (workload: KubeObject) => appKeys.map(key => textAt(templateLabels(workload), key)).find(name => name !== undefined);

const repositoriesOf = (workload: KubeObject) =>
	listAt(podSpecOf(workload), 'containers').map(container => (textAt(container, 'image') ?? '').replace(/(?:@.*|:[^:/]*)$/, ''));

/** The one workload that a Service is for: its namesake, or that of the application of its name. */
function ownerOf(service: KubeObject, behind: readonly KubeObject[]): KubeObject | undefined {
	const {name} = service.metadata;
	const namesakes = behind.filter(workload => workload.metadata.name === name);
	const ofApp = namesakes.length > 0 ? namesakes : behind.filter(workload => appOf(workload) === name);
	return ofApp.length === 1 ? ofApp[0] : undefined;
}

/**
 * Whether pods are of another application than the one a Service is for. Two tracks of one application share its name or its image, and take the same
 * ports: what differs in both, or cannot take what the Service sends, is a stranger.
 */
export function isStranger(other: KubeObject, owner: KubeObject, service: KubeObject): boolean {
	if (other === owner) return false;
	const images = new Set(repositoriesOf(owner));
	if (repositoriesOf(other).some(image => images.has(image))) return false;
	const refuses = listAt(service, 'spec', 'ports').some(
		port => refusalOf(port, podSpecOf(other)) !== undefined && refusalOf(port, podSpecOf(owner)) === undefined,
	);
	return refuses || (appOf(other) !== undefined && appOf(other) !== appOf(owner));
}

function broadCause(service: KubeObject, owner: KubeObject, strangers: readonly KubeObject[]): Cause {
	const selector = labelText(valueAt(service, 'spec', 'selector'));
	const name = refText(refOf(service));
	const others = someOf(strangers.map(each => refText(refOf(each))));
	return {
		id: 'selector-too-broad',
		resource: refOf(service),
		path: 'spec.selector',
		hurts: [refOf(owner), ...strangers.map(refOf)],
		cause: {
			en: `${name} selects ${selector}, which fits the pods of ${refText(refOf(owner))} and those of ${others}: a part of the requests goes astray`,
			ko: `${name}가 고르는 ${selector} 라벨이 ${refText(refOf(owner))}뿐 아니라 ${others}의 파드에도 맞아 요청 일부가 엉뚱한 곳으로 갑니다`,
		},
		evidence: [
			{source: name, detail: `spec.selector ${selector}`},
			...[owner, ...strangers]
				.slice(0, 4)
				.map(each => ({source: refText(refOf(each)), detail: `pod labels ${labelText(templateLabels(each))}`})),
			...changeEvidence(service),
		],
		remedies: narrowed(service, {to: [owner], from: strangers}, true),
	};
}

/** Services that send a part of their requests to pods of another application. */
export function broadSelectors(survey: Survey): readonly Cause[] {
	const {behind} = routingOf(survey);
	return survey.all('Service').flatMap(service => {
		// A lone pod with the labels of others is somebody's look at them.
		const all = behind(service).filter(({kind}) => kind !== 'Pod');
		const owner = all.length < 2 ? undefined : ownerOf(service, all);
		if (owner === undefined) return [];
		const strangers = all.filter(each => isStranger(each, owner, service));
		return strangers.length === 0 ? [] : [broadCause(service, owner, strangers)];
	});
}

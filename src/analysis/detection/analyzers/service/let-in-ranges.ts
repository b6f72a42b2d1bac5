import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence, isChangedLately} from '../../../diagnosis/last-write.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';

/** `0.0.0.0/32`, where `/0` is everybody: no client has an address of that network. */
const isOfNobody = (range: string) => /^0(?:\.\d{1,3}){3}(?:\/(?:[89]|[12]\d|3[0-2]))?$|^::(?:\/128)?$/.test(range.trim());

const letsNobodyIn = (ranges: readonly string[]) => ranges.length > 0 && ranges.every(isOfNobody);

type Found = {readonly object: KubeObject; readonly ranges: readonly string[]; readonly path: string; readonly remedies: readonly Remedy[]};

const texts = (object: KubeObject, whom: string | undefined) => ({
	en: whom === undefined ? `Let everybody reach ${refText(refOf(object))}` : `Let ${whom} reach ${refText(refOf(object))} again`,
	ko: whom === undefined ? `${refText(refOf(object))}를 모두에게 엽니다` : `${refText(refOf(object))}를 다시 ${whom}에 엽니다`,
});

function ofService(service: KubeObject): Found {
	const path = ['spec', 'loadBalancerSourceRanges'];
	const ranges = listAt(service, ...path).map(String);
	const former = listAt(lastApplied(service), ...path).map(String);
	const isKnown = former.length > 0 && !letsNobodyIn(former);
	return {
		object: service,
		ranges,
		path: path.join('.'),
		remedies: [
			exchange(service, [{path, from: ranges, to: isKnown ? former : ['0.0.0.0/0']}], {
				side: 'service',
				// Some close a door in haste, past what they applied: to open it again is for a person to say.
				sure: false,
				loosens: true,
				text: texts(service, isKnown ? former.join(', ') : undefined),
			}),
		],
	};
}

const annotations = ['nginx.ingress.kubernetes.io/whitelist-source-range', 'nginx.ingress.kubernetes.io/allowlist-source-range'];

const ofIngress = (ingress: KubeObject): readonly Found[] =>
	annotations.map(key => {
		const former = textAt(lastApplied(ingress), 'metadata', 'annotations', key);
		const isKnown = former !== undefined && !letsNobodyIn(former.split(','));
		return {
			object: ingress,
			ranges: (ingress.metadata.annotations?.[key] ?? '').split(',').filter(each => each !== ''),
			path: `metadata.annotations[${key}]`,
			remedies: [
				merge(
					ingress,
					{metadata: {annotations: {[key]: isKnown ? former : '0.0.0.0/0'}}},
					{side: 'ingress', sure: false, loosens: true, text: texts(ingress, isKnown ? former : undefined)},
				),
			],
		};
	});

/** Load balancers and Ingresses that let in clients of a network only which nobody is in. */
export const letInRanges = (survey: Survey): readonly Cause[] =>
	[
		...survey
			.all('Service')
			.filter(service => textAt(service, 'spec', 'type') === 'LoadBalancer')
			.map(ofService),
		...survey.all('Ingress').flatMap(ofIngress),
	]
		.filter(({ranges}) => letsNobodyIn(ranges))
		.map(({object, ranges, path, remedies}): Cause => {
			const name = refText(refOf(object));
			return {
				id: 'ranges-let-nobody-in',
				resource: refOf(object),
				path,
				// Some close a door this way on purpose, and leave it so.
				severity: isChangedLately(object, survey.nowMs) ? 'high' : 'low',
				cause: {
					en: `${name} lets in clients of ${ranges.join(', ')} only, and nobody has such an address`,
					ko: `${name}는 ${ranges.join(', ')}의 클라이언트만 받는데 그런 주소는 아무도 쓰지 않습니다`,
				},
				evidence: [{source: name, detail: `${path} ${ranges.join(', ')}`}, ...changeEvidence(object)],
				remedies,
			};
		});

import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import {mentionsIn} from '../../mentions/mentions.ts';
import type {Survey} from '../../survey.ts';
import {type HandKept, handKeptIn, serviceLabel} from './hand-kept.ts';
import {lostSelector} from './lost-selector.ts';

const nameOf = (port: Json) => textAt(port, 'name') ?? '';

/** Ports of a Service and of a slice belong together by their names; where those differ, a number may tell. */
const takesPorts = (slice: KubeObject, service: KubeObject, isSame: (one: Json, other: Json) => boolean) =>
	listAt(service, 'spec', 'ports').every(port => listAt(slice, 'ports').some(each => isSame(port, each)));

const isByName = (port: Json, ofSlice: Json) => nameOf(port) === nameOf(ofSlice);
const isByNumber = (port: Json, ofSlice: Json) => (valueAt(port, 'targetPort') ?? numberAt(port, 'port')) === numberAt(ofSlice, 'port');

const isAsked = (name: string, namespace: string | undefined, survey: Survey) =>
	mentionsIn(survey).some(each => each.service === name && each.namespace === namespace);

/** Whether a slice is named after a Service, as `erp-1` is after `erp`, or nearly says that it is of it. */
function isAfter(slice: KubeObject, service: KubeObject): boolean {
	const {name} = service.metadata;
	const of = slice.metadata.labels?.[serviceLabel] ?? '';
	return slice.metadata.name === name || slice.metadata.name.startsWith(`${name}-`) || (of !== '' && nearestNames(of, [name]).length > 0);
}

/** The Service that a slice was meant for: one that has no other, and the ports that it brings. */
function meantService(slice: KubeObject, {services, slicesOf}: HandKept) {
	const lonely = services.filter(
		service => slicesOf(service).length === 0 && (takesPorts(slice, service, isByName) || takesPorts(slice, service, isByNumber)),
	);
	const named = lonely.filter(service => isAfter(slice, service));
	const [service] = named.length > 0 ? named.toSorted((a, b) => b.metadata.name.length - a.metadata.name.length) : lonely;
	return service === undefined || (named.length === 0 && lonely.length > 1) ? undefined : {service, isNamed: named.length === 1};
}

function orphanCause(slice: KubeObject, kept: HandKept, survey: Survey): readonly Cause[] {
	const meant = meantService(slice, kept);
	// What is left over of a Service that went hurts nobody.
	if (meant === undefined) return [];
	const {service, isNamed} = meant;
	const {namespace} = slice.metadata;
	const of = slice.metadata.labels?.[serviceLabel] ?? '';
	const [name, whose, to] = [refText(refOf(slice)), refText(refOf(service)), service.metadata.name];
	return [
		{
			id: 'endpoint-slice-of-no-service',
			resource: refOf(slice),
			path: fieldPath(undefined, ['metadata', 'labels', serviceLabel]),
			severity: isAsked(to, namespace, survey) ? 'high' : 'medium',
			hurts: [refOf(service)],
			cause: {
				en: `${name} is made by hand ${of === '' ? 'and says of which Service it is nowhere' : `for Service ${of}, which is not there`}; ${whose} has no selector, and so no endpoint at all`,
				ko: `손으로 만든 ${name}${of === '' ? '에 서비스 이름 라벨이 없습니다' : `의 서비스 ${of}가 없습니다`}. 셀렉터가 없는 ${whose}에는 엔드포인트가 하나도 없습니다`,
			},
			evidence: [
				{source: name, detail: `label ${serviceLabel} ${of || 'is not there'}`},
				{source: whose, detail: 'no selector, no EndpointSlice'},
				...changeEvidence(slice),
			],
			remedies: [
				merge(
					slice,
					{metadata: {labels: {[serviceLabel]: to}}},
					{
						side: 'service',
						sure: isNamed && takesPorts(slice, service, isByNumber) && (of === '' || !isAsked(of, namespace, survey)),
						text: {en: `Make ${name} one of ${whose}`, ko: `${name}를 ${whose}의 것으로 표시합니다`},
					},
				),
			],
		},
	];
}

/** kube-proxy joins a port of a Service with that of the same name in its slices: under another name it has no endpoint. */
function strayPorts(service: KubeObject, {slicesOf, handMadeOf}: HandKept): readonly Cause[] {
	const slices = slicesOf(service);
	const ports = listAt(service, 'spec', 'ports');
	const lost = ports.filter(port => !slices.some(slice => listAt(slice, 'ports').some(each => isByName(port, each))));
	const [port] = lost;
	if (port === undefined || lost.length > 1 || slices.some(slice => listAt(slice, 'ports').length === 0)) return [];
	return handMadeOf(service).flatMap((slice): readonly Cause[] => {
		const strays = listAt(slice, 'ports').flatMap((each, index) => (ports.some(own => isByName(own, each)) ? [] : [{each, index}]));
		const [stray] = strays;
		if (stray === undefined || strays.length > 1) return [];
		const [name, whose] = [refText(refOf(slice)), refText(refOf(service))];
		const [from, to] = [nameOf(stray.each), nameOf(port)];
		return [
			{
				id: 'endpoint-slice-port-differs',
				resource: refOf(slice),
				path: `ports[${from || stray.index}].name`,
				hurts: [refOf(service)],
				cause: {
					en: `Port ${numberAt(stray.each, 'port')} of ${name} is called ${from || 'nothing'}, and that of ${whose} ${to || 'nothing'}: it has no endpoint`,
					ko: `${name}의 포트 이름 ${from || '(없음)'}이(가) ${whose}의 ${to || '(없음)'}과(와) 달라 엔드포인트가 없습니다`,
				},
				evidence: [
					{source: name, detail: `port ${from || 'without a name'} ${numberAt(stray.each, 'port')}`},
					{source: whose, detail: `port ${to || 'without a name'} ${numberAt(port, 'port')}`},
					...changeEvidence(slice),
				],
				remedies: [
					exchange(slice, [{path: ['ports', stray.index, 'name'], from: valueAt(stray.each, 'name'), to}], {
						side: 'service',
						sure: isByNumber(port, stray.each) || (ports.length === 1 && listAt(slice, 'ports').length === 1),
						text: {en: `Call the port of ${name} ${to || 'nothing'}`, ko: `${name}의 포트 이름을 ${to || '빈 값'}으로 바꿉니다`},
					}),
				],
			},
		];
	});
}

/** Slices that are made by hand, and lead nobody to what they hold. */
export const sliceFaults = (survey: Survey): readonly Cause[] =>
	survey.namespaces.flatMap(namespace => {
		const kept = handKeptIn(namespace, survey);
		if (kept === undefined) return [];
		return [
			...kept.orphans.flatMap(slice => orphanCause(slice, kept, survey)),
			...kept.services.flatMap(service => strayPorts(service, kept)),
			...(kept.orphans.length > 0 ? [] : kept.services.flatMap(service => lostSelector(service, kept, survey))),
		];
	});

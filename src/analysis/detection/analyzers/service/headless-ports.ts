import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {declaredPorts} from '../../../coherence/workload-set.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {listensOn} from '../../../diagnosis/moved-port.ts';
import {exchangeMention} from '../../mentions/exchange-mention.ts';
import {formerService} from '../../mentions/former-mention.ts';
import type {Mention} from '../../mentions/mentions.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

const isHeadless = (service: KubeObject) => textAt(service, 'spec', 'clusterIP') === 'None';

/** The number to which a port of a Service leads at the pods of a workload; undefined where they do not have the name. */
function targetNumber(port: Json, workload: KubeObject): number | undefined {
	const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
	return typeof target === 'number' ? target : declaredPorts(podSpecOf(workload)).find(({name}) => name === target)?.number;
}

/**
 * The port of the pods that was meant by the port of a headless Service, which is only a number on paper: DNS leads to the pods themselves. Undefined where
 * some of the pods may well listen there, and where nobody can tell.
 */
function meantOfPods(service: KubeObject, asked: number, survey: Survey): number | undefined {
	const port = listAt(service, 'spec', 'ports').find(each => numberAt(each, 'port') === asked);
	const behind = routingOf(survey).behind(service);
	const isTaken = behind.some(each => {
		const ports = declaredPorts(podSpecOf(each));
		return ports.length === 0 || ports.some(({number}) => number === asked) || listensOn(podSpecOf(each), asked);
	});
	if (port === undefined || behind.length === 0 || isTaken) return undefined;
	const [number, ...others] = new Set(behind.map(each => targetNumber(port, each)));
	return others.length > 0 || number === asked ? undefined : number;
}

/** Who asks a headless Service at a port that it lists, and at which none of its pods listens: nothing is there that would map one to the other. */
export function unmappedPort(mention: Mention, service: KubeObject, survey: Survey): readonly Cause[] {
	const {port, workload, holder, path, host, isImplied} = mention;
	const meant = port === undefined || !isHeadless(service) ? undefined : meantOfPods(service, port, survey);
	if (port === undefined || meant === undefined) return [];
	const former = formerService(mention, survey);
	// Without a port in the text another setting may well say it, unless another Service was asked so before.
	if (isImplied === true && (former === undefined || former.service === service)) return [];
	const [who, name] = [refText(refOf(workload)), refText(refOf(service))];
	const index = listAt(service, 'spec', 'ports').findIndex(each => numberAt(each, 'port') === port);
	const toPods = exchangeMention(mention, {port: meant}, true);
	return [
		{
			id: 'named-port-not-there',
			resource: refOf(holder),
			path,
			hurts: [refOf(workload), refOf(service)],
			cause: {
				en: `${who} asks ${host} at port ${port}: ${name} is headless and maps no port, and its pods listen on ${meant}`,
				ko: `${who}가 ${host}의 ${port} 포트를 부르는데 헤드리스인 ${name}은 포트를 바꿔 주지 않고 파드는 ${meant}에서 듣습니다`,
			},
			evidence: [
				{source: refText(refOf(holder)), detail: `${path} names ${host}:${port}`},
				{
					source: name,
					detail: `clusterIP None, port ${port}, targetPort ${valueAt(listAt(service, 'spec', 'ports')[index], 'targetPort') ?? meant}`,
				},
				...changeEvidence(holder),
			],
			remedies: [
				toPods,
				...(former === undefined || former.service === service
					? []
					: [
							exchangeMention(
								mention,
								{host: former.service.metadata.name, ...(former.port === undefined ? {} : {port: former.port})},
								false,
							),
						]),
			],
		},
	];
}

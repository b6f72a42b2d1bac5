import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {declaredPorts} from '../../../coherence/workload-set.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {exchangeMention} from '../../mentions/exchange-mention.ts';
import type {Mention} from '../../mentions/mentions.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

/** The name alone: the rest of the text may hold a password. */
export const said = ({holder, path, host, port, isImplied}: Mention) => ({
	source: refText(refOf(holder)),
	detail: `${path} names ${host}${port === undefined || isImplied === true ? '' : `:${port}`}`,
});

/** Whether a Service answers at a port: a headless one leads to the pods themselves, so that their own ports count. */
export function answers(service: KubeObject, port: number, survey: Survey): boolean {
	const ports = listAt(service, 'spec', 'ports');
	if (ports.length === 0 || textAt(service, 'spec', 'type') === 'ExternalName') return true;
	if (ports.some(each => numberAt(each, 'port') === port)) return true;
	if (textAt(service, 'spec', 'clusterIP') !== 'None') return false;
	const pods = routingOf(survey).behind(service).map(podSpecOf);
	return (
		pods.length === 0 || pods.some(spec => declaredPorts(spec).length === 0 || declaredPorts(spec).some(({number}) => number === port))
	);
}

/** The port of the Service that was meant: the only one, or the one that leads to the number that was named. */
function meantPort(service: KubeObject, asked: number): number | undefined {
	const ports = listAt(service, 'spec', 'ports');
	const byTarget = ports.filter(each => valueAt(each, 'targetPort') === asked);
	const [only] = ports.length === 1 ? ports : byTarget.length === 1 ? byTarget : [];
	return numberAt(only, 'port');
}

export function lostPort(mention: Mention, service: KubeObject, survey: Survey): readonly Cause[] {
	const {port, workload, holder, path, isImplied} = mention;
	if (port === undefined || answers(service, port, survey)) return [];
	const isServices = isChangedLater(service, holder);
	// Without a port in the text another setting may well say it.
	if (isImplied === true && !isServices) return [];
	const ports = listAt(service, 'spec', 'ports');
	const have = ports.map(each => numberAt(each, 'port')).join(', ');
	const meant = meantPort(service, port);
	const index = ports.findIndex(each => numberAt(each, 'port') === meant);
	const [who, name] = [refText(refOf(workload)), refText(refOf(service))];
	const at = index === -1 ? 'spec.ports' : `spec.ports[${textAt(ports[index], 'name') ?? meant}].port`;
	const onService: readonly Remedy[] =
		index === -1
			? []
			: [
					exchange(
						service,
						[
							{path: ['spec', 'ports', index, 'port'], from: meant, to: port},
							// Without a target of its own it would move with the port.
							...(valueAt(ports[index], 'targetPort') === undefined ? [{path: ['spec', 'ports', index, 'targetPort'], to: meant}] : []),
						],
						{
							side: 'service',
							sure: isServices,
							text: {en: `Make ${name} answer at port ${port} again`, ko: `${name}가 다시 ${port} 포트에서 받게 합니다`},
						},
					),
				];
	const onHolder = meant === undefined ? [] : [exchangeMention(mention, {port: meant}, !isServices)];
	return [
		{
			id: 'named-port-not-there',
			resource: refOf(isServices ? service : holder),
			path: isServices ? at : path,
			hurts: [refOf(workload), refOf(service)],
			cause: {
				en: `${who} asks port ${port} of ${name}, which has ${have}`,
				ko: `${who}가 ${name}의 ${port} 포트를 부르는데 서비스에는 ${have} 포트만 있습니다`,
			},
			evidence: [said(mention), {source: name, detail: `ports ${have}`}, ...changeEvidence(isServices ? service : holder)],
			remedies: isServices ? [...onService, ...onHolder] : [...onHolder, ...onService],
		},
	];
}

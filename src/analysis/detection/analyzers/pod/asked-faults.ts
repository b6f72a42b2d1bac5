import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {probes} from '../../../diagnosis/probe-port.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/** Where a kubelet asks a container, and what it does when it is not answered. */
const askers = [
	...probes.map(name => ({name, at: [name], isHook: false})),
	...['preStop', 'postStart'].map(name => ({name, at: ['lifecycle', name], isHook: true})),
];

const ways = ['httpGet', 'tcpSocket'] as const;

const isLoopback = (host: string) => /^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\]|0\.0\.0\.0)$/i.test(host);

/**
 * A kubelet that is given a host asks from its node: `localhost` is the node itself, and not the pod.
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#http-probes
 */
function askedHost(
	{workload, podSpec, given, change, fresh, gravity, isWell}: Subject,
	{name, container, place}: PlacedContainer,
): readonly Cause[] {
	if (valueAt(podSpec, 'hostNetwork') === true) return [];
	return askers.flatMap(({name: asker, at}) =>
		ways.flatMap((way): readonly Cause[] => {
			const host = textAt(container, ...at, way, 'host');
			const path = [...place, ...at, way, 'host'];
			const port = valueAt(container, ...at, way, 'port');
			// The node hands on what comes to a port of its own that it gave to the pod.
			const isOfNode = listAt(container, 'ports').some(each => valueAt(each, 'hostPort') === port && port !== undefined);
			// Something of the node may answer at the port: pods that have been ready with it for days show that, as one whose postStart fails is ended.
			if (host === undefined || isOfNode || !isLoopback(host) || (isWell && asker !== 'preStop' && fresh(path).length === 0)) return [];
			const changed = changesAt(change(), path);
			const who = refText(refOf(workload));
			return [
				{
					id: 'asked-host-is-node',
					resource: refOf(workload),
					path: fieldPath(workload, path),
					severity: asker === 'preStop' ? 'medium' : gravity('high'),
					cause: {
						en: `The ${asker} of container ${name} asks ${host}, which is the node where its kubelet runs and not the pod`,
						ko: `컨테이너 ${name}의 ${asker}가 ${host}에 묻는데, 그것은 파드가 아니라 kubelet이 있는 노드입니다`,
					},
					evidence: [{source: who, detail: `${asker}.${way}.host ${host}`}, ...changeEvidence(given(), change(), changed)],
					remedies:
						changed.length > 0
							? backRemedy(given(), change(), changed)
							: [
									exchange(workload, [{path, from: host, to: undefined}], {
										side: 'workload',
										sure: true,
										text: {en: `Let the ${asker} of ${who} ask the pod itself`, ko: `${who}의 ${asker}가 파드에 묻게 합니다`},
									}),
								],
				},
			];
		}),
	);
}

/** A hook that speaks to a port otherwise than the probes by which its pods are ready. */
function hookScheme(
	{workload, given, change, fresh, gravity, isWell}: Subject,
	{name, container, place}: PlacedContainer,
): readonly Cause[] {
	const schemeAt = (...at: readonly string[]) => textAt(container, ...at, 'httpGet', 'scheme') ?? 'HTTP';
	const numberOf = (port: ReturnType<typeof valueAt>) =>
		valueAt(
			listAt(container, 'ports').find(each => textAt(each, 'name') === port),
			'containerPort',
		) ?? port;
	return askers
		.filter(({isHook}) => isHook)
		.flatMap(({name: hook, at}): readonly Cause[] => {
			const port = numberOf(valueAt(container, ...at, 'httpGet', 'port'));
			const probe = probes.find(each => port !== undefined && numberOf(valueAt(container, each, 'httpGet', 'port')) === port);
			const path = [...place, ...at, 'httpGet', 'scheme'];
			// A kubelet that is answered in HTTP asks a hook again without TLS.
			if (probe === undefined || schemeAt(probe) === schemeAt(...at) || schemeAt(...at) === 'HTTPS') return [];
			// Where pods are not ready the probe may be what is wrong, and pods that are ready came past their postStart.
			if ((!isWell || hook === 'postStart') && fresh(path).length === 0) return [];
			const changed = changesAt(change(), path);
			const [who, from, to] = [refText(refOf(workload)), schemeAt(...at), schemeAt(probe)];
			return [
				{
					id: 'hook-scheme-differs',
					resource: refOf(workload),
					path: fieldPath(workload, path),
					severity: hook === 'preStop' ? 'medium' : gravity('high'),
					cause: {
						en: `The ${hook} hook of container ${name} asks port ${String(port)} over ${from}, and its ${probe} over ${to}: the hook is not answered`,
						ko: `컨테이너 ${name}의 ${hook} 훅은 ${String(port)} 포트에 ${from}로, ${probe}는 ${to}로 묻습니다: 훅은 응답을 받지 못합니다`,
					},
					evidence: [{source: who, detail: `${hook} ${from}, ${probe} ${to}`}, ...changeEvidence(given(), change(), changed)],
					remedies:
						changed.length > 0
							? backRemedy(given(), change(), changed)
							: [
									exchange(workload, [{path, from: textAt(container, ...at, 'httpGet', 'scheme'), to}], {
										side: 'workload',
										sure: true,
										text: {en: `Let the ${hook} hook of ${who} ask over ${to}`, ko: `${who}의 ${hook} 훅이 ${to}로 묻게 합니다`},
									}),
								],
				},
			];
		});
}

/** Probes and hooks that ask at the wrong place, or in the wrong way. */
export const askedFaults = (subject: Subject): readonly Cause[] =>
	subject.containers.flatMap(placed => [...askedHost(subject, placed), ...hookScheme(subject, placed)]);

import {textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {domainOf, usualDomain} from './cluster-domain.ts';

/** Longer no name of a host is in the kernel of a node. */
const longest = 64;

/** What a Deployment puts behind its name: that of the ReplicaSet, of up to ten signs, and five of its own. */
const suffix = '-0123456789-01234';

/** The name that a pod of a workload has, as far as can be told before it is made. */
const podName = (workload: KubeObject, pods: readonly KubeObject[]): string => {
	const {name} = workload.metadata;
	const [pod] = pods;
	if (pod !== undefined) return pod.metadata.name;
	return workload.kind === 'StatefulSet' ? `${name}-0` : workload.kind === 'Deployment' ? `${name}${suffix}` : `${name}-01234`;
};

/**
 * A kubelet that is to give a container its whole name as that of its host does not make it where the name is too long.
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-sethostnameasfqdn-field
 */
function longName({survey, workload, podSpec, pods, given, change, gravity, isWell}: Subject): readonly Cause[] {
	const subdomain = textAt(podSpec, 'subdomain') ?? (workload.kind === 'StatefulSet' ? textAt(workload, 'spec', 'serviceName') : undefined);
	if (valueAt(podSpec, 'setHostnameAsFQDN') !== true || subdomain === undefined || subdomain === '') return [];
	const host = (textAt(podSpec, 'hostname') ?? podName(workload, pods)).slice(0, 63);
	const known = `${host}.${subdomain}.${workload.metadata.namespace}.svc`;
	const domain = domainOf(survey);
	const whole = `${known}.${domain ?? usualDomain}`;
	// Where it is the domain alone that makes it too long, and nobody tells it, that may be shorter: a pod that is ready with its whole name shows that.
	const mayBeShorter = domain === undefined && known.length <= longest;
	const isCalled = mayBeShorter && pods.some(pod => isReady(pod) && valueAt(pod, 'spec', 'setHostnameAsFQDN') === true);
	if (whole.length <= longest || isCalled) return [];
	const root = podSpecPlace(workload);
	const place = [...root, 'setHostnameAsFQDN'];
	const changed = ['setHostnameAsFQDN', 'subdomain', 'hostname'].flatMap(field => changesAt(change(), [...root, field]));
	const name = refText(refOf(workload));
	return [
		{
			id: 'host-name-too-long',
			resource: refOf(workload),
			path: fieldPath(workload, changed[0]?.path ?? place),
			severity: gravity('medium'),
			cause: {
				en: `Pods of ${name} are to be called ${whole}, which is ${whole.length} signs long, and a host has ${longest} at the most: no container of them is made`,
				ko: `${name}의 파드 호스트 이름 ${whole}이(가) ${whole.length}자로 한도 ${longest}자를 넘어 컨테이너가 만들어지지 않습니다`,
			},
			evidence: [{source: name, detail: `setHostnameAsFQDN true, subdomain ${subdomain}`}, ...changeEvidence(given(), change(), changed)],
			remedies:
				changed.length > 0
					? backRemedy(given(), change(), changed)
					: [
							exchange(workload, [{path: place, from: true, to: undefined}], {
								side: 'workload',
								sure: !isWell,
								text: {
									en: `Call the hosts of ${name} by the names of their pods alone`,
									ko: `${name}의 호스트 이름을 파드 이름만으로 씁니다`,
								},
							}),
						],
		},
	];
}

/** Pods whose whole name is no name of a host. */
export const longNames = (survey: Survey): readonly Cause[] => subjectsOf(survey).flatMap(longName);

import type {Json} from '../../core/json.ts';
import {valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import type {Case} from './case.ts';
import type {Cause} from './cause.ts';
import {type PlacedContainer, podSpecPlace} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {exchange} from './patch-remedy.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

/** A container's own setting before that of its pod. */
const effective = (podSpec: Json, container: Json, field: string) =>
	valueAt(container, 'securityContext', field) ?? valueAt(podSpec, 'securityContext', field);

/** Whether a template says both that a container must not be root, and that it is. */
export const runsAsRoot = (podSpec: Json, container: Json): boolean =>
	effective(podSpec, container, 'runAsNonRoot') === true && effective(podSpec, container, 'runAsUser') === 0;

/** A container that may not be root and is, by its template or by its image: the kubelet does not make it. That it may not is no mistake. */
export function rootCause(workload: KubeObject, given: Case, {name, container, place}: PlacedContainer, said: Cause['evidence']): Cause {
	const {podSpec} = given;
	const holder =
		valueAt(container, 'securityContext', 'runAsUser') === undefined && valueAt(podSpec, 'securityContext', 'runAsUser') !== undefined
			? podSpecPlace(workload)
			: place;
	const at = [...holder, 'securityContext', 'runAsUser'];
	const user = effective(podSpec, container, 'runAsUser');
	const change = changeOf(given);
	const changed = [...changesAt(change, at), ...(user === undefined ? changesAt(change, [...place, 'image']) : [])];
	const isGuarded = changed.every(({path}) => path.at(-1) !== 'runAsNonRoot' && path.at(-1) !== 'securityContext');
	return {
		id: 'root-may-not-run',
		resource: refOf(workload),
		path: fieldPath(workload, changed.length === 1 ? (changed[0]?.path ?? at) : at),
		cause: {
			en: `Container ${name} may not run as root (runAsNonRoot), and ${user === 0 ? 'runAsUser is 0' : 'its image runs as root'}: it is not made`,
			ko: `컨테이너 ${name}는 root로 실행할 수 없는데(runAsNonRoot) ${user === 0 ? 'runAsUser가 0' : '이미지가 root로 실행'}이라 만들어지지 않습니다`,
		},
		evidence: [
			{source: refText(refOf(workload)), detail: `runAsNonRoot true, runAsUser ${user === undefined ? 'not set' : String(user)}`},
			...said,
			...changeEvidence(given, change, changed),
		],
		remedies:
			changed.length > 0 && isGuarded
				? backRemedy(given, change, changed)
				: user === 0
					? [
							exchange(workload, [{path: at, from: 0, to: undefined}], {
								side: 'workload',
								sure: false,
								text: {
									en: `Let container ${name} of ${refText(refOf(workload))} run as the user of its image`,
									ko: `${refText(refOf(workload))}의 컨테이너 ${name}를 이미지의 사용자로 실행합니다`,
								},
							}),
						]
					: [],
		noRemedy: {
			en: 'As which user the program may run its image knows; that it may not be root is a rule worth keeping',
			ko: '어떤 사용자로 실행할지는 이미지를 만든 사람이 압니다. root 금지는 지킬 만한 규칙입니다',
		},
	};
}

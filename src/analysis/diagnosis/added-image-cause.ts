import {repositoryOf} from '../../core/kube/image-reference.ts';
import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../core/kube/pod-spec.ts';
import {restartWrite} from '../../core/restart-write.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {type Case, isReady, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import type {ContainerState} from './container-state.ts';
import {changeEvidence, writtenMs} from './last-write.ts';
import {inOrder, writeOf} from './writes-remedy.ts';

const imageOf = (object: KubeObject, container: string) =>
	textAt(
		containersOf(podSpecOf(object)).find(each => textAt(each, 'name') === container),
		'image',
	);

/** Where a policy writes an image into pods as they are made. */
type Writer = {readonly policy: KubeObject; readonly place: readonly [string, string, number, string, string]; readonly expression: string};

/** An image stands in an expression as a whole, and not as the beginning of another. */
const names = (expression: string, image: string) =>
	expression
		.split(image)
		.some((before, index, parts) => index < parts.length - 1 && !/[\w.@:/-]$/.test(before) && !/^[\w.@:-]/.test(parts[index + 1] ?? ''));

const writersOf = (image: string, scene: Case['scene']): readonly Writer[] =>
	ofKind(scene, 'MutatingAdmissionPolicy').flatMap(policy =>
		listAt(policy, 'spec', 'mutations').flatMap((mutation, index) =>
			['applyConfiguration', 'jsonPatch'].flatMap((field): readonly Writer[] => {
				const expression = textAt(mutation, field, 'expression') ?? '';
				return names(expression, image) ? [{policy, place: ['spec', 'mutations', index, field, 'expression'], expression}] : [];
			}),
		),
	);

/** The policy goes back to the image that pods run which were made before, and the pods are made anew by it. */
function backTo(former: string, image: string, {policy, place, expression}: Writer, workload: KubeObject): Remedy {
	const to = expression.replaceAll(image, former);
	const name = refText(refOf(policy));
	return inOrder([writeOf(policy, [{path: [...place], from: expression, to}]), restartWrite(refOf(workload), workload)], {
		side: 'policy',
		// It is put into pods of every namespace that the policy is bound to.
		sure: false,
		text: {
			en: `Let ${name} put ${former} into pods again, and restart ${refText(refOf(workload))}`,
			ko: `${name}가 파드에 다시 ${former}를 넣게 하고 ${refText(refOf(workload))}를 재시작합니다`,
		},
	});
}

/** A pod that shows what the policy wrote before: another image of the same program, and made before the policy was changed. */
function isFormer(pod: KubeObject, container: string, image: string, policy: KubeObject): boolean {
	const own = imageOf(pod, container);
	const isSame = own !== undefined && own !== image && repositoryOf(own) === repositoryOf(image);
	const madeMs = Date.parse(pod.metadata.creationTimestamp ?? '');
	return isSame && isReady(pod) && pod.metadata.deletionTimestamp === undefined && madeMs <= writtenMs(policy, ['spec']);
}

/** An image that no template names and that cannot be pulled: an admission policy writes it into the pods as they are made. */
export function addedImageCause(state: ContainerState, given: Case): Cause | undefined {
	const {workload, scene, pods} = given;
	const image = imageOf(state.pod, state.name);
	if (workload === undefined || image === undefined || imageOf(workload, state.name) === image) return undefined;
	const [writer] = writersOf(image, scene);
	if (writer === undefined) return undefined;
	const {policy, place} = writer;
	const known = [...pods, ...ofKind(scene, 'Pod')].find(pod => isFormer(pod, state.name, image, policy));
	const former = known === undefined ? undefined : imageOf(known, state.name);
	return {
		id: 'added-image-not-pulled',
		resource: refOf(policy),
		path: `spec.mutations[${place[2]}].${place[3]}.expression`,
		hurts: [refOf(workload)],
		cause: {
			en: `${refText(refOf(policy))} puts ${image} into the pods of ${refText(refOf(workload))} (container ${state.name}), and it cannot be pulled`,
			ko: `${refText(refOf(policy))}가 ${refText(refOf(workload))}의 파드에 넣는 이미지 ${image}(컨테이너 ${state.name})를 가져올 수 없습니다`,
		},
		evidence: [
			{source: refText(refOf(state.pod)), detail: shortLine(`${state.reason}: ${state.message}`, 240)},
			...(known === undefined ? [] : [{source: refText(refOf(known)), detail: `runs ${former} in container ${state.name}`}]),
			...changeEvidence(policy),
		],
		remedies: former === undefined ? [] : [backTo(former, image, writer, workload)],
	};
}

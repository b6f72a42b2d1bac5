import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

/** `MountVolume.SetUp failed for volume "logs" : hostPath type check failed: /var/lg is not a directory` */
const failed = /^MountVolume\.\w+ failed for volume "(?<volume>[^"]+)" *: *(?<why>[\s\S]+)/;

/** What a pod spec says of a volume itself: the way to a disk of the node, a share or a driver. Of claims, ConfigMaps and Secrets others tell. */
const sourceOf = (volume: Json | undefined) => ['hostPath', 'nfs', 'csi', 'iscsi'].find(source => valueAt(volume, source) !== undefined);

/** Containers begin once all volumes are mounted: what the kubelet said before was of a driver or share that was not there yet. */
const isMounted = (pod: KubeObject): boolean =>
	['initContainerStatuses', 'containerStatuses'].some(list =>
		listAt(pod, 'status', list).some(each =>
			[valueAt(each, 'state', 'running'), valueAt(each, 'state', 'terminated'), valueAt(each, 'lastState', 'terminated')].some(
				state => state !== undefined,
			),
		),
	);

function causesOf(subject: Subject): readonly Cause[] {
	const {workload, podSpec, pods, given, change, gravity} = subject;
	const waiting = new Set(pods.filter(pod => !isReady(pod) && !isMounted(pod)).map(({metadata}) => metadata.name));
	const told = given().events.flatMap(event => {
		const {volume, why} = failed.exec(textAt(event, 'message') ?? '')?.groups ?? {};
		const name = textAt(event, 'involvedObject', 'name') ?? '';
		return volume === undefined || why === undefined || !waiting.has(name) ? [] : [{volume, why, name}];
	});
	return [...Map.groupBy(told, ({volume}) => volume)].flatMap(([name, events]): readonly Cause[] => {
		const index = listAt(podSpec, 'volumes').findIndex(each => textAt(each, 'name') === name);
		const volume = listAt(podSpec, 'volumes')[index];
		const source = sourceOf(volume);
		const last = events.at(-1);
		if (source === undefined || last === undefined) return [];
		const place = [...podSpecPlace(workload), 'volumes', index, source];
		const changed = changesAt(change(), place).filter(({path}) => path.length >= place.length);
		const isOfType = /hostPath type check failed/.test(last.why);
		const who = refText(refOf(workload));
		return [
			{
				id: 'volume-source-not-there',
				resource: refOf(workload),
				path: fieldPath(
					workload,
					changed.length === 1 && changed[0] !== undefined ? changed[0].path : isOfType ? [...place, 'path'] : place,
				),
				severity: gravity('medium'),
				cause: {
					en: `Volume ${name} of ${who} cannot be mounted: ${shortLine(last.why, 160)}`,
					ko: `${who}의 볼륨 ${name}을(를) 마운트할 수 없습니다: ${shortLine(last.why, 160)}`,
				},
				evidence: [
					{source: `Event of Pod ${last.name}`, detail: shortLine(last.why, 240)},
					{source: who, detail: `${source} ${shortLine(JSON.stringify(valueAt(volume, source)), 200)}`},
					...changeEvidence(given(), change(), changed),
				],
				remedies: backRemedy(given(), change(), changed),
			},
		];
	});
}

/** Volumes that templates bring themselves and that no kubelet can mount, while a pod waits for them. */
export const failedMounts = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey).flatMap(subject =>
		listAt(subject.podSpec, 'volumes').some(sourceOf) && !subject.pods.every(isReady) ? causesOf(subject) : [],
	);

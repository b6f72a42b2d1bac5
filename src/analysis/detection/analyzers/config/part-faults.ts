import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Analyzer} from '../../analyzer.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {fileSources, filesIn} from '../volume-files.ts';

/** Whether it is a key of one whole ConfigMap or Secret: that it is not there is told of that one. */
const isKeyAlone = (volume: Json) =>
	fileSources.some(({field}) => valueAt(volume, field) !== undefined && listAt(volume, field, 'items').length === 0);

function missing(subject: Subject, {name, container, place}: PlacedContainer): readonly Cause[] {
	const {workload, podSpec, given, change, gravity} = subject;
	return listAt(container, 'volumeMounts').flatMap((mount, index): readonly Cause[] => {
		const part = (textAt(mount, 'subPath') ?? '').replace(/\/$/, '');
		const volume = listAt(podSpec, 'volumes').find(each => textAt(each, 'name') === textAt(mount, 'name'));
		if (part === '' || volume === undefined || isKeyAlone(volume)) return [];
		const files = filesIn(volume, subject);
		if (files === undefined || files.some(file => file === part || file.startsWith(`${part}/`))) return [];
		const path = [...place, 'volumeMounts', index, 'subPath'];
		const at = textAt(mount, 'mountPath') ?? '';
		const changed = changesAt(change(), path).filter(({to}) => files.includes(String(to)));
		const own = at.slice(at.lastIndexOf('/') + 1);
		const [only] = files.length === 1 ? files : [];
		const meant = files.includes(own) ? own : (meantName(part, files) ?? only);
		const who = refText(refOf(workload));
		return [
			{
				id: 'file-not-in-volume',
				resource: refOf(workload),
				path: fieldPath(workload, path),
				severity: gravity('medium'),
				cause: {
					en: `Container ${name} of ${who} is to find the file ${part} of volume ${textAt(mount, 'name')} at ${at}, and the volume has ${someOf(files, 5) || 'no file'} only: an empty directory lies there`,
					ko: `${who}의 컨테이너 ${name}가 ${at}에서 볼륨 ${textAt(mount, 'name')}의 파일 ${part}을(를) 찾는데 그런 파일이 없어 빈 디렉터리가 됩니다`,
				},
				evidence: [
					{source: who, detail: `${fieldPath(workload, path)} ${part}, files ${someOf(files, 8) || 'none'}`},
					...changeEvidence(given(), change(), changed),
				],
				remedies:
					changed.length > 0
						? backRemedy(given(), change(), changed)
						: meant === undefined || workload.kind === 'Pod'
							? []
							: [
									exchange(workload, [{path, from: textAt(mount, 'subPath'), to: meant}], {
										side: 'workload',
										sure: meant !== only || files.includes(own),
										text: {en: `Mount the file ${meant} at ${at} of ${who}`, ko: `${who}의 ${at}에 파일 ${meant}을(를) 마운트합니다`},
									}),
								],
			},
		];
	});
}

/** Single files that containers mount of volumes which do not have them: the kubelet makes an empty directory of that name and says nothing. */
export const partFaults: Analyzer = survey =>
	subjectsOf(survey).flatMap(subject => subject.containers.flatMap(placed => missing(subject, placed)));

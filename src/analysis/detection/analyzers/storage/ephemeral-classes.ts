import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

/** The class that was there before, or the only one of a near name. */
function classRemedies({survey, workload, given, change}: Subject, place: Exchange['path'], asked: string): readonly Remedy[] {
	const names = survey.all('StorageClass').map(({metadata}) => metadata.name);
	const back = changesAt(change(), place).filter(({path, to}) => path.length === place.length && names.includes(String(to)));
	if (back.length > 0) return backRemedy(given(), change(), back);
	const meant = meantName(asked, names);
	if (meant === undefined) return [];
	const name = refText(refOf(workload));
	return [
		exchange(workload, [{path: place, from: asked, to: meant}], {
			side: 'workload',
			sure: true,
			text: {
				en: `Let the volumes of ${name} take StorageClass ${meant}`,
				ko: `${name}의 볼륨이 StorageClass ${meant}을(를) 쓰게 합니다`,
			},
		}),
	];
}

function causesOf(subject: Subject): readonly Cause[] {
	const {survey, workload, podSpec, given, change, gravity} = subject;
	return listAt(podSpec, 'volumes').flatMap((volume, index): readonly Cause[] => {
		const steps = ['ephemeral', 'volumeClaimTemplate', 'spec', 'storageClassName'];
		const asked = textAt(volume, ...steps) ?? '';
		if (asked === '' || survey.find('StorageClass', undefined, asked) !== undefined) return [];
		const place = [...podSpecPlace(workload), 'volumes', index, ...steps];
		const [name, path] = [refText(refOf(workload)), fieldPath(workload, place)];
		const have =
			survey
				.all('StorageClass')
				.map(({metadata}) => metadata.name)
				.join(', ') || 'none';
		return [
			{
				id: 'storage-class-not-there',
				lacks: `StorageClass ${asked}`,
				resource: refOf(workload),
				path,
				severity: gravity('medium'),
				cause: {
					en: `Each new pod of ${name} gets a claim for StorageClass ${asked}, which does not exist (there is: ${have}): it waits for its volume`,
					ko: `${name}의 새 파드마다 없는 StorageClass ${asked}의 클레임이 만들어져(있는 것: ${have}) 볼륨을 기다립니다`,
				},
				evidence: [
					{source: name, detail: `${path} ${asked}`},
					{source: 'StorageClasses', detail: have},
					...changeEvidence(given(), change(), changesAt(change(), place)),
				],
				remedies: classRemedies(subject, place, asked),
			},
		];
	});
}

/** Volumes that are made with each pod by a class that is not there: their claims come and go, and what asks for them is the template. */
export const ephemeralClasses = (survey: Survey): readonly Cause[] =>
	survey.isRead('StorageClass') ? subjectsOf(survey).flatMap(causesOf) : [];

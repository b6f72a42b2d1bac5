import type {Choice} from '../../conversation/event.ts';
import type {Clause} from '../clause.ts';
import {scheduleIn} from '../create/reading/schedule.ts';
import {amountsIn} from '../words/amounts.ts';
import {spoken} from '../words/spoken.ts';
import {timesOfDay} from '../words/spoken-time.ts';
import {imagesIn, pairsIn, versionsIn} from '../words/values.ts';

type Words = {
	/** What is missing, as a question. */
	readonly ask: string;
	/** Asked besides where no object is named. */
	readonly which: string;
};

export type Wish = {
	readonly english: Words;
	readonly korean: Words;
	/** Kinds that it can be about; any kind where left out. */
	readonly kinds?: readonly string[];
	/** Requests that would be clear. `name`: `web in shop`. */
	readonly choices: (name: string, language: Clause['language']) => readonly Choice[];
};

type Vague = Wish & {readonly is: (clause: Clause) => boolean};

const which = {english: ' And of which object?', korean: ' 그리고 어느 워크로드(대상)인가요?'};
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'];
const show = (name: string, language: Clause['language'], english: string, korean: string): readonly Choice[] => {
	const text = language === 'ko' ? korean.replace('NAME', name) : english.replace('NAME', name);
	return [{text, request: text}];
};

const amountless = (clause: Clause) => !amountsIn(clause).some(({kind}) => kind !== 'duration') && pairsIn(clause).length === 0;
const growing =
	'more raise increase grow expand resize enlarge bigger larger extend extra less lower reduce decrease shrink smaller adjust tune 늘리 올리 키우 확장 줄이 내리 낮추 높이 조정 조절 더';

const moreRoom = /\b(?:more|extra|additional|bit of|little) (?:room|space)\b|(?:공간|자리)(?:을|를|이|가|은|는|도)?\s?(?:좀\s|조금\s)?더/i;

const vague: readonly Vague[] = [
	{
		is: clause =>
			/\bchang\w*\b.*\b(?:schedule|how often|when|frequency)\b|\b(?:different|another|other|new) (?:schedule|frequency|rhythm)\b|\b(?:run|runs|fire|fires)\b.*\b(?:more|less) often\b|(?:스케줄|일정|주기)\S*\s(?:좀\s|다르게\s)?(?:바꿔|바꾸|변경|조정|수정)|(?:더|덜)\s?자주/i.test(
				clause.text,
			) &&
			scheduleIn(clause.text) === undefined &&
			timesOfDay(clause.text).length === 0 &&
			amountless(clause),
		english: {ask: 'To which schedule (how often, or at what time) should it run?', which: ' And which CronJob?'},
		korean: {ask: '어떤 일정(schedule)으로 할까요? 주기나 시각을 알려 주세요.', which: ' 그리고 어느 크론잡인가요?'},
		kinds: ['CronJob'],
		choices: (name, language) => show(name, language, 'What is the schedule of NAME?', 'NAME 스케줄이 뭐야?'),
	},
	{
		is: clause =>
			spoken(
				clause,
				'different_image another_image other_image different_version another_version different_tag another_tag 다른_이미지 다른_버전 다른_태그 newest latest current_version up_to_date 최신 최근_버전 새_버전 새버전',
			) &&
			spoken(
				clause,
				'version image tag release update bring date upgrade bump deploy move set run 버전 이미지 태그 업데이트 업그레이드 올리 배포 바꾸',
			) &&
			versionsIn(clause).length === 0 &&
			imagesIn(clause).length === 0,
		english: {
			ask: 'Which image tag (version) should run? A cluster cannot tell which one is the newest, and "latest" would not say what runs.',
			which: which.english,
		},
		korean: {ask: '어떤 이미지 태그(버전)로 할까요? 클러스터만으로는 어느 것이 최신인지 알 수 없습니다.', which: which.korean},
		kinds: workloads,
		choices: (name, language) => show(name, language, 'What image is NAME running?', 'NAME 이미지가 뭐야?'),
	},
	{
		is: clause =>
			/\b(?:different|another|other|newer) (?:container )?(?:image|tag|version)\b(?!-)|(?:다른|딴) ?(?:이미지|태그|버전)(?![가-힣]*(?:은|는|이|가) )/i.test(
				clause.text,
			) &&
			spoken(clause, 'roll rollout roll_out put deploy set use switch change give run ship bring move get 올리 바꾸 변경 교체 배포 돌리') &&
			versionsIn(clause).length === 0 &&
			imagesIn(clause).length === 0,
		english: {ask: 'Which image, with which tag (version), should run?', which: which.english},
		korean: {ask: '어떤 이미지와 태그(버전)로 할까요?', which: which.korean},
		kinds: workloads,
		choices: (name, language) => show(name, language, 'What image is NAME running?', 'NAME 이미지가 뭐야?'),
	},
	{
		is: clause =>
			spoken(clause, 'permission right access privilege role 권한 접근권한 접근') &&
			spoken(clause, 'more extra additional higher wider broader some full better elevated 더 추가 많이 좀 높') &&
			!spoken(clause, 'get list watch create update patch delete read view edit admin role_binding 조회 읽 수정 view edit admin'),
		english: {
			ask: 'Which permissions exactly (verbs and resources, or a role such as view or edit), for whom, and in which namespace?',
			which: '',
		},
		korean: {ask: '정확히 어떤 권한(동사와 리소스, 또는 view·edit 같은 role)을, 누구에게, 어느 네임스페이스에서 드릴까요?', which: ''},
		kinds: ['ServiceAccount'],
		choices: () => [],
	},
	{
		is: clause =>
			(spoken(
				clause,
				'faster quicker better performance performant speed_up optimize optimise improve stable reliable healthier snappier 성능 최적화 개선 안정적 튼튼',
			) ||
				/빠르|빨라|빨리|느려|느리/.test(clause.text)) &&
			amountless(clause) &&
			!spoken(clause, 'optimize_resources'),
		english: {
			ask: 'What should be changed for that: more replicas, more CPU or memory (how much), or another image?',
			which: which.english,
		},
		korean: {ask: '무엇을 바꿀까요: 레플리카 수, CPU나 메모리(얼마로), 아니면 이미지인가요?', which: which.korean},
		kinds: workloads,
		choices: (name, language) => [
			...show(name, language, 'Add one replica to NAME', 'NAME 레플리카를 하나 늘려줘'),
			...show(name, language, 'Double the cpu request of NAME', 'NAME CPU 요청을 두 배로 늘려줘'),
		],
	},
	{
		is: clause =>
			spoken(clause, 'canary 카나리') &&
			spoken(clause, 'start begin deploy release roll_out run launch do make create try 시작 배포 만들 띄우 해 하 진행') &&
			imagesIn(clause).length === 0 &&
			versionsIn(clause).length === 0,
		english: {ask: 'A canary of which workload, with which image (tag), and for what percentage of the traffic?', which: ''},
		korean: {ask: '어느 워크로드를, 어떤 이미지(태그)로, 트래픽 몇 퍼센트로 카나리 배포할까요?', which: ''},
		kinds: workloads,
		choices: () => [],
	},
	{
		is: clause =>
			(spoken(clause, 'volume claim pvc disk storage 볼륨 클레임 디스크 스토리지') || moreRoom.test(clause.text)) &&
			spoken(clause, growing) &&
			amountless(clause),
		english: {ask: 'To which size should it be resized (how large, such as 80Gi, or by how much)?', which: ' And which claim?'},
		korean: {ask: '어떤 크기(예: 80Gi)로, 또는 얼마나 바꿀까요?', which: ' 어느 볼륨 클레임인가요?'},
		kinds: ['PersistentVolumeClaim'],
		choices: (name, language) => show(name, language, 'Grow NAME by 50%', 'NAME 50% 늘려줘'),
	},
	{
		is: clause =>
			spoken(clause, 'memory cpu ram core resource 메모리 씨피유 리소스 자원 코어') &&
			spoken(clause, `give add set need ${growing}`) &&
			amountless(clause) &&
			!spoken(clause, 'remove drop 없애 제거 빼 삭제 quota 쿼터'),
		english: {ask: 'How much exactly (such as request 512Mi, limit 1Gi, or by 50 %)?', which: ' And which workload is meant?'},
		korean: {ask: '정확히 얼마로 할까요? (예: 요청 512Mi, 제한 1Gi, 또는 50% 늘리기)', which: ' 어느 워크로드를 말씀하시나요?'},
		kinds: workloads,
		choices: (name, language) =>
			show(name, language, 'Increase the memory request and limit of NAME by 50%', 'NAME 메모리 요청과 제한을 50% 늘려줘'),
	},
	{
		is: clause =>
			/^(scale|resize)$/.test(clause.words[0]?.text ?? '') &&
			amountless(clause) &&
			!spoken(clause, 'half halve double zero down_to autoscale up_by volume claim pvc disk storage'),
		english: {ask: 'To how many replicas (or by how many)?', which: ' And which workload is meant?'},
		korean: {ask: '레플리카를 몇 개로 할까요?', which: ' 어느 워크로드를 말씀하시나요?'},
		kinds: workloads,
		choices: (name, language) => show(name, language, 'Add one replica to NAME', 'NAME 레플리카를 하나 늘려줘'),
	},
	{
		is: clause =>
			spoken(clause, 'update upgrade bump 업데이트 업그레이드 버전') &&
			(clause.language === 'en' || spoken(clause, '업데이트 업그레이드 올리 바꾸 변경')) &&
			isShort(clause),
		english: {ask: 'Which image tag (version) should run?', which: which.english},
		korean: {ask: '어떤 이미지 태그(버전)로 올릴까요?', which: which.korean},
		kinds: workloads,
		choices: (name, language) => show(name, language, 'What image is NAME running?', 'NAME 이미지가 뭐야?'),
	},
	{
		is: clause => spoken(clause, `${growing} scale_up scale_down beef_up`) && isShort(clause),
		english: {ask: 'What should change, and by how much: replicas, CPU, memory or storage?', which: which.english},
		korean: {ask: '무엇을 얼마나 바꿀까요: 레플리카, CPU, 메모리, 아니면 스토리지인가요?', which: which.korean},
		kinds: [...workloads, 'PersistentVolumeClaim'],
		choices: (name, language) => [
			...show(name, language, 'Add one replica to NAME', 'NAME 레플리카를 하나 늘려줘'),
			...show(name, language, 'Increase the memory request and limit of NAME by 50%', 'NAME 메모리 요청과 제한을 50% 늘려줘'),
		],
	},
];

/** Little more than a verb and a name: nothing that says what it should come to. */
const isShort = (clause: Clause) =>
	clause.words.filter(
		({text}) => !/^(the|a|an|my|our|can|could|would|you|in|i|want|to|namespace|deployment|네임스페이스|디플로이먼트|버전)$/.test(text),
	).length <= 3 &&
	amountless(clause) &&
	versionsIn(clause).length === 0 &&
	imagesIn(clause).length === 0 &&
	!clause.words.some(({raw}) => /[0-9=/]/.test(raw) && !/^[a-z][a-z0-9-]*$/.test(raw)) &&
	!spoken(clause, 'previous last back zero green blue half double secret configmap label env image 이전 직전 절반 그린 블루');

/** The vague wish that a clause is, if it is one. */
export const wishOf = (clause: Clause): Wish | undefined => vague.find(({is}) => is(clause));

import type {Clause} from '../clause.ts';
import {spoken} from '../words/spoken.ts';

/** What a request is about that nobody could understand, and what it would have to say. */
type Topic = {readonly words: string; readonly english: string; readonly korean: string};

/** The most particular first. */
const topics: readonly Topic[] = [
	{
		words: 'storageclass storage_class storageclassname class 스토리지클래스 스토리지_클래스 클래스',
		english:
			'The storage class of a claim cannot be changed (it is immutable): a new claim and a copy of the data is the way. Which name and size should the new claim have?',
		korean:
			'볼륨 클레임의 스토리지 클래스는 변경할 수 없습니다(immutable). 새 클레임을 만들어 데이터를 옮겨야 합니다. 새 클레임의 이름과 크기는 무엇으로 할까요?',
	},
	{
		words: 'schedule time cron hour midnight 시간 일정 스케줄 스케쥴 시각 주기',
		english: 'At which time, on which schedule (such as "every day at 03:40", or a cron line)?',
		korean: '언제, 어떤 일정(스케줄)으로 할까요? (예: 매일 03:40, 또는 cron 식)',
	},
	{
		words: 'rollback roll_back revision revert undo 롤백 되돌리 리비전 이전',
		english: 'Roll back which workload, and to which revision?',
		korean: '어떤 워크로드(디플로이먼트)를 어느 리비전으로 되돌릴까요?',
	},
	{
		words: 'image tag version release newer newest latest hotfix bugfix patched build 이미지 태그 버전 핫픽스 최신 최신판 새버전',
		english: 'Which image, with which tag (version)?',
		korean: '어떤 이미지, 어떤 태그(버전)로 할까요?',
	},
	{
		words: 'nodeport node_port 노드포트',
		english: 'Which node port? It has to be free and lie in the range 30000-32767.',
		korean: '어느 노드 포트로 할까요? 30000-32767 범위 안이어야 합니다.',
	},
	{
		words: 'toleration taint 톨러레이션 테인트',
		english: 'Which key, value and effect should the toleration or taint have?',
		korean: '키, 값, 효과(effect)를 무엇으로 할까요?',
	},
	{
		words: 'env variable environment 환경변수 환경_변수 변수',
		english: 'Which variable, and to which value (KEY=VALUE)?',
		korean: '어느 변수를 어떤 값으로 할까요(KEY=VALUE)?',
	},
	{
		words: 'label annotation tag 라벨 레이블 애노테이션 어노테이션',
		english: 'Which label or annotation, and which value (KEY=VALUE)?',
		korean: '어느 라벨이나 어노테이션을 어떤 값으로 할까요(KEY=VALUE)?',
	},
	{
		words: 'probe health readiness liveness check 프로브 헬스체크',
		english: 'Which probe: which path and port (or command), and how often?',
		korean: '어느 프로브를, 어떤 경로와 포트(또는 명령)로, 얼마나 자주 할까요?',
	},
	{
		words: 'host hostname domain url 호스트 도메인',
		english: 'Which host and path, and to which Service?',
		korean: '어느 호스트와 경로를 어느 서비스로 보낼까요?',
	},
	{
		words: 'port listen 포트',
		english: 'Which port (1 to 65535), and which target port?',
		korean: '몇 번 포트(1~65535)로, 대상 포트는 몇 번으로 할까요?',
	},
	{
		words: 'access permission right role grant 권한 접근 역할 롤',
		english:
			'Who (user, group or service account) should be allowed what (verbs on which resources, or which role), and in which namespace?',
		korean: '누구(사용자, 그룹, 서비스어카운트)에게 무엇(동사와 리소스, 또는 role)을 어느 네임스페이스에서 허용할까요?',
	},
	{
		words: 'size disk storage volume claim pvc space 디스크 용량 볼륨 스토리지 클레임',
		english: 'To which size (such as 80Gi), and which claim?',
		korean: '어떤 크기(예: 80Gi)로, 어느 볼륨 클레임을 말씀하시나요?',
	},
	{
		words: 'memory cpu resource ram limit request 메모리 씨피유 리소스 자원 제한 요청',
		english: 'How much memory or CPU exactly, as the request or the limit?',
		korean: '메모리나 CPU를 정확히 얼마로, 요청과 제한 중 무엇을 바꿀까요?',
	},
	{
		words: 'scale replica pod instance copy size 스케일 레플리카 파드 복제본 개수',
		english: 'How many replicas, of which workload?',
		korean: '어느 워크로드의 레플리카를 몇 개로 할까요?',
	},
	{
		words: 'key value config setting configmap 키 값 설정 컨피그맵',
		english: 'Which key, and which value?',
		korean: '어느 키를 어떤 값으로 할까요?',
	},
	{words: 'node 노드', english: 'Which node?', korean: '어느 노드인가요?'},
	{
		words: 'traffic route switch 트래픽 전환',
		english: 'From where to where should the traffic go?',
		korean: '트래픽을 어디에서 어디로 보낼까요?',
	},
];

/** What a request that nobody understood seems to lack, as a question; empty where its words give no hint. At most two. */
export const missingIn = (clause: Clause): string =>
	topics
		.filter(({words}) => spoken(clause, words))
		.slice(0, 2)
		.map(topic => (clause.language === 'ko' ? topic.korean : topic.english))
		.join(' ');

import {describe, expect, test} from 'vitest';
import {moodOf} from '../../../../../src/agents/router/words/mood/mood-of.ts';

describe('what only asks to be told is a question, with a verb or without one', () => {
	test.each([
		'need the names of the claims in port',
		'harbour namespace, all cron jobs with their schedules pls',
		'Budgets that allow no eviction: give me only those.',
		'services in port without a selector',
		'Handing over the pager: nodes that are cordoned, every zone.',
		'For the audit I have to know each image that port runs.',
		'Finance wants numbers: the three claims that take the most space.',
		'ferry: list container -> image',
		'quick rundown of the autoscalers we have',
		'ferry and radar: tell me the tag of each before I touch anything',
		'Rank the deployments of port by memory limits, the first three suffice.',
		'in zone north, how many nodes still take pods',
		'restarts of the ferry pod so far, what is the number',
		'pull the warnings (just the warnings) from ferry in port',
		'Open the log of the radar container for me.',
		'top 4 workloads by memory',
		'Could you give her the names of the secrets in port?',
		'Let me have an overview of the quotas across the cluster.',
		'whole cluster: the single deployment with the highest CPU limit per pod',
		'ferry, ERROR level lines only, thx',
		'Name the nodes with more than 4 cores.',
		'Add up the memory that the workloads of port ask for.',
		'I would like to know whether anything runs a beta. Workload and tag, please.',
		'Do ferry and radar use the same image? Show me both.',
		'HPAs with their bounds, newest first',
	])('%s', text => expect(moodOf(text)).toBe('question'));

	test.each([
		'tier=web 라벨 달린 서비스만 뽑아봐',
		'port에 걸려 있는 쿼터가 뭐뭐 있지? 네임스페이스 상관없이',
		'ferry 현재 버전만 확인 부탁해요',
		'ferry 이벤트 메시지 그대로 붙여 주세요',
		'port에서 CPU 제한 합계 1등만',
		'radar 로그 중에 timeout 찍힌 줄만 골라 주시겠어요?',
		'디플로이먼트 중에 메모리 제일 많이 쓰는 거 하나만 콕 집어줘',
		'ferry 파드 이벤트 내역 좀',
		'port의 컨피그맵이 어떤 것들인지 궁금합니다',
		'인그레스 경로별로 어느 서비스로 가는지 펼쳐줘',
		'ferry가 자꾸 느려져요. 왜지?',
	])('%s', text => expect(moodOf(text)).toBe('question'));
});

describe('a set of things or a noun that is to become something is still an order', () => {
	test.each([
		'all deployments in port to zero',
		'all pods of ferry down to 2 replicas',
		'give me a namespace called dock',
		'get us two more ferry pods',
		'give dana the edit role in port',
		'both volumes: holds up to 80Gi, decks up to 12Gi',
		'ferry: previous version please',
		'I need a config map rates with LEVEL=debug',
		'pods without a limit get 1Gi',
		'readiness of ferry: check /up every 3 seconds',
		'Rollback of two deployments, each to its previous revision: ferry and search.',
		'search wants 3 pods',
		'I want ferry on every node at port 31000',
		'ferry 이미지 2.1로',
		'ferry에 LEVEL=debug 라벨 붙여 주세요',
		'오래된 컨피그맵 정리해 주세요 (삭제)',
	])('%s', text => expect(moodOf(text)).toBe('order'));
});

import {expect, test} from 'vitest';
import {listed} from '../../../../src/agents/router/words/listed.ts';
import {withoutProhibitions} from '../../../../src/agents/router/words/prohibitions.ts';

test.each([
	['stop scheduling onto node-1. No drain though.', /^stop scheduling onto node-1\./, 'node_drain'],
	['scale web to 3, but do not restart it', /^scale web to 3$/, 'workload_restart'],
	["cordon node-1, don't drain it", /^cordon node-1$/, 'node_drain'],
	['web 3개로 늘려줘. 재시작은 하지 말고', /^web 3개로 늘려줘\.$/, 'workload_restart'],
	['node-1에는 새 파드 막아주세요. drain은 하지 마시고요.', /^node-1에는 새 파드 막아주세요\.$/, 'node_drain'],
	['node-1 코든해줘, 드레인은 하지 말 것', /^node-1 코든해줘$/, 'node_drain'],
	['web 이미지 2.0으로 올려. 절대로 삭제하지 마세요', /^web 이미지 2\.0으로 올려\.$/, 'resource_delete'],
])('%s', (request, rest, tool) => {
	const told = withoutProhibitions(request);
	expect(told.rest).toMatch(rest);
	expect(told.forbids({tool, input: {}})).toBe(true);
	expect(told.forbids({tool: 'resource_list', input: {}})).toBe(false);
});

test.each([
	["why is web pending? don't fix it", 'why is web pending?'],
	['Is the flag on? pls do not change it', 'Is the flag on?'],
	['web이 왜 안 떠? 고치진 말고 이유만', 'web이 왜 안 떠? 이유만'],
	['web은 왜 죽지? 손대지는 말고요', 'web은 왜 죽지?'],
	['explain why web dies, no fixing yet', 'explain why web dies'],
	["don't drain node-1, cordon it", "don't drain node-1, cordon it"],
	['create a pod web, never restart it', 'create a pod web, never restart it'],
])('%s: %s', (request, rest) => expect(withoutProhibitions(request).rest).toBe(rest));

test.each([
	['Two things:\n1) web to 3\n2) restart cart', 'web to 3\n\nrestart cart'],
	['- web to 3\n- restart cart', 'web to 3\n\nrestart cart'],
	["restart web and while you're at it cordon node-1", 'restart web and cordon node-1'],
	['restart web', 'restart web'],
])('a list: %j', (request, lines) => expect(listed(request)).toBe(lines));

test.each(['ferry 점검 작업하는 동안 감사 로그 꺼줘. 기록 안 남게', 'ferry 재기동 부탁드립니다. 느려요', 'fix the list: ferry'])(
	'%s: announces no list',
	text => expect(listed(text)).toBe(text),
);

test.each([
	['two things in port: 1) ferry to 3 2) restart radar', 'In port: ferry to 3\n\nrestart radar'],
	['port에서 할 일: ferry 3개로', 'port에서: ferry 3개로'],
	['배포 전에 준비할 것들입니다. ferry는 3개로', 'ferry는 3개로'],
])('%s: announced', (text, list) => expect(listed(text)).toBe(list));

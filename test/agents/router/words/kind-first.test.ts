import {expect, test} from 'vitest';
import {kindFirst} from '../../../../src/agents/router/words/kind-first.ts';
import {particlesJoined} from '../../../../src/agents/router/words/particles-joined.ts';

test.each([
	['시크릿 두 개 지워줘: quay의 old-key, drydock의 spare', 'quay의 old-key 시크릿, drydock의 spare 시크릿 지워줘'],
	['시크릿 세 개 지워줘: old-key, spare', '시크릿 세 개 지워줘: old-key, spare'],
	['크론잡 두 개를 멈춰줘: tide, dredge', 'tide 크론잡, dredge 크론잡 멈춰줘'],
])('a list behind its verb is told before it, where as many are counted: %s', (request, plain) => {
	expect(kindFirst(request)).toBe(plain);
});

test.each([
	['MODE 를 http://quay:80 로', 'MODE를 http://quay:80로'],
	['ferry 를 4 개로', 'ferry를 4개로'],
	['값은 30m 입니다', '값은 30m입니다'],
	['ferry 이 파드', 'ferry 이 파드'],
])('a particle belongs to its word: %s', (request, joined) => {
	expect(particlesJoined(request)).toBe(joined);
});

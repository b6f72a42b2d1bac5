import {expect, test} from 'vitest';
import {withoutFillers} from '../../../../src/agents/router/words/fillers.ts';

test.each([
	['ferry can go while you are at it', 'ferry can go'],
	['scale ferry to 2 and, in the same go, restart radar', 'scale ferry to 2 and restart radar'],
	['ferry readiness 주기를 5초에서 15초로 늘려줘', 'ferry readiness 주기를 15초로 늘려줘'],
	['tide 시각을 새벽 1시에서 2시 30분으로 늦춰줘', 'tide 시각을 새벽 2시 30분으로 늦춰줘'],
	['tide 크론잡이 쓰는 이미지를 1.4로 변경', 'tide 크론잡 이미지를 1.4로 변경'],
	['which of them are biggest, memory-wise?', 'which of them are biggest, memory?'],
	['name the two largest claims and no others', 'name the two largest claims'],
	['let quay reach ferry and no others', 'let quay reach ferry and no others'],
	['ferry를 3개에서 5개로 늘려줘', 'ferry를 3개에서 5개로 늘려줘'],
	['9시에서 18시 사이에만 돌게 해줘', '9시에서 18시 사이에만 돌게 해줘'],
])('%s', (request, plain) => {
	expect(withoutFillers(request)).toBe(plain);
});

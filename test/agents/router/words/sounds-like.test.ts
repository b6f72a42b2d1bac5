import {expect, test} from 'vitest';
import {soundsLike} from '../../../../src/agents/router/words/sounds-like.ts';

test.each([
	['페이먼츠', 'payments'],
	['스토어프론트', 'storefront'],
	['딜리버리', 'delivery'],
	['플랫폼', 'platform'],
	['모니터링', 'monitoring'],
	['스테이징', 'staging'],
	['샌드박스', 'sandbox'],
	['체크아웃', 'checkout'],
	['빌링', 'billing'],
	['로지스틱스', 'logistics'],
	['프로덕션', 'production'],
	['그라파나', 'grafana'],
	['카탈로그', 'catalog'],
	['인벤토리', 'inventory'],
	['트래커', 'tracker'],
])('%s is heard as %s', (hangul, english) => expect(soundsLike(hangul, english)).toBe(true));

test.each([
	['디플로이먼트', 'delivery'],
	['메모리', 'mailer'],
	['트래커', 'track'],
	['데이터', 'data'],
	['서비스', 'search'],
	['컨테이너', 'kitchen'],
])('%s is no %s', (hangul, english) => expect(soundsLike(hangul, english)).toBe(false));

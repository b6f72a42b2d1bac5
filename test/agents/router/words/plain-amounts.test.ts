import {expect, test} from 'vitest';
import {plainAmounts} from '../../../../src/agents/router/words/plain-amounts.ts';

const rows: readonly (readonly [said: string, written: string])[] = [
	['half a gig of memory', '512Mi of memory'],
	['a quarter of a gig', '256Mi'],
	['three quarters of a gig', '768Mi'],
	['a gig and a half', '1536Mi'],
	['two and a half cores', '2500m'],
	['a fifth of a core and 128Mi', '200m and 128Mi'],
	['half a cpu', '500m'],
	['a tenth of a core', '100m'],
	['one core', 'one core'],
	['a full gig', '1Gi'],
	['twenty gigs of disk', '20Gi of disk'],
	['2 gigabytes', '2G'],
	['thirty-two gigs', '32Gi'],
	['at eighty percent', 'at 80%'],
	['75 per cent', '75%'],
	['a quarter of its pods', '25% of pods'],
	['half of the pods', '50% of pods'],
	['half a dozen pods', '6 pods'],
	['two dozen pods', '24 pods'],
	['a dozen', '12'],
	['from half a gig to a full gig', 'from 512Mi to 1Gi'],
	['from one gig to two', 'from 1Gi to 2Gi'],
	['from 512Mi to 768', 'from 512Mi to 768Mi'],
	['the one-core pool and half-day', 'the one-core pool and half-day'],
	['image a/b:1.5 and MODE=half', 'image a/b:1.5 and MODE=half'],
	['메모리 1.5기가로', '메모리 1536Mi로'],
	['2기가로', '2기가로'],
	['반 코어만', '500m만'],
	['코어 반 개', '500m'],
	['두 코어 반', '2500m'],
	['한 기가 반', '1536Mi'],
	['4분의 1 코어', '250m'],
	['반기가', '512Mi'],
	['칠십오 퍼센트', '75%'],
	['70퍼 기준', '70% 기준'],
	['오백 메가', '500Mi'],
	['육십 초마다', '60초마다'],
	['1Gi에서 2로', '1Gi에서 2Gi로'],
	['프로메테우스와 이 파드', '프로메테우스와 이 파드'],
];

test.each(rows)('%s', (said, written) => {
	expect(plainAmounts(said)).toBe(written);
});

import {expect, test} from 'vitest';
import {placeFirst} from '../../../../src/agents/router/words/place-first.ts';

test.each([
	['yard only: restart crane', 'In yard: restart crane'],
	['This is about yard. Restart crane there', 'In yard: Restart crane there'],
	['yard, not port: crane to 2.0', 'In yard: crane to 2.0'],
	['crane to 2.0, yard only, port runs the old one', 'In yard: crane to 2.0, port runs the old one'],
	['restart crane (only in yard)', 'In yard: restart crane'],
	['yard 얘기인데요, 거기 crane을 재시작해줘', 'yard에서: crane을 재시작해줘'],
	['yard만: crane 재시작', 'yard에서: crane 재시작'],
	['a policy that lets in traffic from the yard namespace only', 'a policy that lets in traffic from the yard namespace only'],
	['restart crane only', 'restart crane only'],
	['yard and port: restart crane', 'yard and port: restart crane'],
])('%s', (text, placed) => expect(placeFirst(text, ['yard', 'port'])).toBe(placed));

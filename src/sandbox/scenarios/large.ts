import {foundation} from './foundation.ts';
import {days, type Scenario} from './scenario.ts';

export const large: Scenario = {
	summary: 'Five thousand pods on a hundred nodes',
	history: [{agoMs: days(1), objects: foundation()}],
};

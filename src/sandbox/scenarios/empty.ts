import {foundation} from './foundation.ts';
import {days, type Scenario} from './scenario.ts';

export const empty: Scenario = {
	history: [{agoMs: days(30), objects: foundation()}],
};

import {expect, test} from 'vitest';
import {scheduleIn} from '../../../../src/agents/router/create/reading/schedule.ts';
import {timeZoneIn} from '../../../../src/agents/router/create/reading/time-zone.ts';

test.each([
	['every 10 minutes', '*/10 * * * *'],
	['every half hour', '*/30 * * * *'],
	['hourly', '0 * * * *'],
	['every other hour', '0 */2 * * *'],
	['20 past every hour', '20 * * * *'],
	['every day at half past ten', '30 10 * * *'],
	['nightly at 2:05', '5 2 * * *'],
	['every day at 6:00 and 18:00', '0 6,18 * * *'],
	['every 3 days at 5am', '0 5 */3 * *'],
	['weekdays at 6 pm', '0 18 * * 1-5'],
	['on Tuesdays and Fridays at midnight', '0 0 * * 2,5'],
	['at 2 in the morning every Sunday', '0 2 * * 0'],
	['every 5 minutes between 9 and 17 on weekdays', '*/5 9-17 * * 1-5'],
	['on the 1st and 15th of every month at 7:30am', '30 7 1,15 * *'],
	['run it on 0 4 * * 1-5 please', '0 4 * * 1-5'],
	['@daily', '@daily'],
	['매일 새벽 2시 30분에', '30 2 * * *'],
	['평일 오후 6시 반에', '30 18 * * 1-5'],
	['매주 월수금 아침 7시', '0 7 * * 1,3,5'],
	['매달 15일 자정에', '0 0 15 * *'],
	['두 시간마다', '0 */2 * * *'],
	['매시 15분', '15 * * * *'],
	['매일 밤 11시', '0 23 * * *'],
	['every day at 6:00 and 18:30', undefined],
	['some day', undefined],
	['the nightly-etl job', undefined],
])('%s is %s', (text, schedule) => expect(scheduleIn(text)).toBe(schedule));

test.each([
	['at 6 Berlin time', 'Europe/Berlin'],
	['at 6 New York time', 'America/New_York'],
	['at 6 KST', 'Asia/Seoul'],
	['at 6 in Asia/Tokyo', 'Asia/Tokyo'],
	['한국 시간으로 6시', 'Asia/Seoul'],
	['at 6 in UTC', 'Etc/UTC'],
	['at any time', undefined],
])('%s is in %s', (text, zone) => expect(timeZoneIn(text)).toBe(zone));

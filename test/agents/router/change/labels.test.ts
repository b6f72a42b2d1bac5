import {expect, test} from 'vitest';
import {changesOf} from './harbour.ts';

const ferry = (operation: string) => `Deployment quay/ferry: ${operation}`;
const owner = ferry('add /metadata/annotations {"example.org/owner":"lea"}');

test.each([
	[
		'Rename the label old=yes on node crane-1 to ancient=yes',
		'Node crane-1: remove /metadata/labels/old, add /metadata/labels/ancient "yes"',
	],
	['rename label old on node crane-1 to ancient', 'Node crane-1: remove /metadata/labels/old, add /metadata/labels/ancient "yes"'],
	['ferry needs the annotation example.org/owner with the value lea', owner],
	['add annotation example.org/owner to ferry, value lea', owner],
	['give ferry an example.org/owner annotation of lea', owner],
	['the annotation example.org/owner of ferry should read lea', owner],
	['ferry annotation example.org/owner: lea', owner],
	['ferry의 example.org/owner 어노테이션 값을 lea로 추가해줘', owner],
	['ferry에 라벨 tier=front 추가해주세요', ferry('add /metadata/labels/tier "front"')],
	['ferry 디플로이먼트에 라벨 tier=front 붙여줘', ferry('add /metadata/labels/tier "front"')],
	['ferry tier label should be front', ferry('add /metadata/labels/tier "front"')],
	['the app label on ferry is wrong, it should say boat and not ferry', ferry('replace /metadata/labels/app "boat"')],
	['crane-1 belongs to zone south from today, fix its zone label', 'Node crane-1: replace /metadata/labels/zone "south"'],
	["crane-1's zone is south now, update the label", 'Node crane-1: replace /metadata/labels/zone "south"'],
	['change the zone label of node crane-1 from north to south', 'Node crane-1: replace /metadata/labels/zone "south"'],
	[
		'The app label on deployment ferry (the object itself, not its pods) is a leftover. Please remove it.',
		ferry('remove /metadata/labels/app'),
	],
	['ferry 디플로이먼트의 app 라벨이 틀렸어요. 지워주세요', ferry('remove /metadata/labels/app')],
	['ferry deployment annotation: example.org/owner is lea', owner],
	['ferry에 example.org/owner 어노테이션을 "lea"로', owner],
	['ferry: app label away please', ferry('remove /metadata/labels/app')],
	['deployment ferry is missing its budget label; the value should be tide', ferry('add /metadata/labels/budget "tide"')],
	['relabel deployment ferry: app goes from ferry to boat', ferry('replace /metadata/labels/app "boat"')],
	['deployment ferry in quay gets budget=tide', ferry('add /metadata/labels/budget "tide"')],
	['Put drain-order=late on node crane-1', 'Node crane-1: add /metadata/labels/drain-order "late"'],
	['quay 네임스페이스의 buoy 데몬셋에 crew=west 라벨 붙여줘', 'DaemonSet quay/buoy: add /metadata/labels/crew "west"'],
	['crane-1 loses its old label', 'Node crane-1: remove /metadata/labels/old'],
	['crane-1 no longer needs the label old', 'Node crane-1: remove /metadata/labels/old'],
	["crane-1 doesn't need the old label any more", 'Node crane-1: remove /metadata/labels/old'],
	['crane-1의 old 라벨은 필요 없으니 떼줘', 'Node crane-1: remove /metadata/labels/old'],
])('a label is told with its value, or that it goes: %s', async (request, call) => {
	expect(await changesOf(request)).toEqual([call]);
});

const template = ferry('add /spec/template/metadata/labels/pier "east"');

test.each([
	['the pods of ferry have to carry pier=east', template],
	['ferry pods should be labelled pier=east', template],
	['put pier=east on the ferry pods', template],
	['the template of ferry gets the label pier=east', template],
	['add pier=east to the labels of ferry itself, not to its pods', ferry('add /metadata/labels/pier "east"')],
])('the labels of pods stand in their template: %s', async (request, call) => {
	expect(await changesOf(request)).toEqual([call]);
});

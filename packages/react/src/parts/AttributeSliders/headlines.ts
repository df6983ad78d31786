/** A big control: one slider, and a choice of what it moves when it names several attributes. */
export interface HeadlineSpec {
  readonly title: string;
  readonly names: readonly string[];
}

/** What people reach for first. */
export const defaultHeadlines: readonly HeadlineSpec[] = [
  { title: 'Smile', names: ['smiling'] },
  { title: 'Hair colour', names: ['blond_hair', 'brown_hair', 'black_hair', 'gray_hair'] },
  { title: 'Facial hair', names: ['beard', 'mustache'] },
  { title: 'Pose and gaze', names: ['yaw', 'pitch', 'gaze'] },
];

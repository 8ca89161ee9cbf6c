import type { ReactElement, ReactNode } from 'react';
import { Button, Tag, TagGroup, TagList as AriaTagList } from 'react-aria-components';
import { CheckIcon, CloseIcon } from './icons.tsx';

interface ListedTag<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly icon?: ReactNode;
}

interface TagListProps<Id extends string> {
  readonly label: string;
  readonly tags: readonly ListedTag<Id>[];
  /** With it the tags can be chosen, any number of them. */
  readonly chosen?: readonly Id[];
  readonly onChoose?: (chosen: Id[]) => void;
  readonly onRemove?: (id: Id) => void;
}

/** Short words in a row: to choose any of, or to take away. The arrow keys go from one to the next. */
export const TagList = <Id extends string>({ label, tags, chosen, onChoose, onRemove }: TagListProps<Id>): ReactElement => (
  <TagGroup
    aria-label={label}
    selectionMode={onChoose ? 'multiple' : 'none'}
    selectedKeys={chosen ?? []}
    onSelectionChange={(keys) => onChoose?.(keys === 'all' ? tags.map(({ id }) => id) : ([...keys] as Id[]))}
    {...(onRemove && { onRemove: (keys: Set<string | number>) => { for (const key of keys) onRemove(key as Id); } })}
  >
    <AriaTagList className="chips">
      {tags.map((tag) => (
        <Tag key={tag.id} id={tag.id} textValue={tag.title} className="chip">
          {chosen?.includes(tag.id) === true ? <CheckIcon size={12} /> : tag.icon}
          {tag.title}
          {onRemove && (
            <Button slot="remove" className="chip-remove" aria-label={`Remove ${tag.title}`}>
              <CloseIcon size={12} />
            </Button>
          )}
        </Tag>
      ))}
    </AriaTagList>
  </TagGroup>
);

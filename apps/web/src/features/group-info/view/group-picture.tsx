import { useRef } from "react";
import { Avatar } from "../../../design/primitives/avatar.tsx";
import { Button } from "../../../design/primitives/button.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { GroupInfoViewModel } from "../view-model/group-info-view-model.ts";
import styles from "./group-info-dialog.module.css";

/** What the group is known by, and where that is chosen. */
export function GroupPicture({ model, texts }: { readonly model: GroupInfoViewModel; readonly texts: Texts }) {
  const { title, seed, image, makingPicture, rights } = useObservable(model);
  const file = useRef<HTMLInputElement>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const words = texts.group;
  const remove = () => {
    // The button goes with the picture.
    choose.current?.focus();
    void model.removePicture();
  };
  return (
    <section className={styles["picture"]} aria-label={words.picture}>
      <Avatar name={title} seed={seed} of="group" image={image} size="huge" />
      {rights.setPicture && (
        <div className={styles["choices"]}>
          <Button ref={choose} busy={makingPicture} onClick={() => file.current?.click()}>
            {words.choosePicture}
          </Button>
          <input
            ref={file}
            type="file"
            accept="image/*"
            hidden
            onChange={({ currentTarget }) => {
              const [chosen] = currentTarget.files ?? [];
              if (chosen !== undefined) void model.choosePicture(chosen);
              // So that the same one can be chosen again.
              currentTarget.value = "";
            }}
          />
          {image !== undefined && (
            <Button look="quiet" onClick={remove}>
              {words.removePicture}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
